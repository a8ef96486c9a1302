"""The places of a program's pages, as far as a person may go."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from programs.membership import access
from programs.membership.access import Ability
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


@dataclass
class Tab:
    label: str
    url: str
    current: bool


def program_tabs(user: "User", program: Program, current: str) -> list[Tab]:
    """`current` is the name of the page's address without its namespace."""
    may = access.abilities_in(user, program)
    places = [
        ("timeline", _("Timeline"), Ability.SEE_PROGRAM),
        ("checklists", _("Checklists"), Ability.WORK_ON_CHECKLISTS),
        ("contacts", _("Contacts"), Ability.SEE_PROGRAM),
        ("program_settings", _("Settings and team"), Ability.SEE_CONFIGURATION),
    ]
    return [
        Tab(label, reverse(f"programs:{name}", args=[program.slug]), name == current)
        for name, label, ability in places
        if ability in may
    ]
