"""The pages of the charter, as far as a person may go."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from programs.membership.access import Ability, abilities_in
from programs.membership.models import Program
from programs.membership.tabs import ShownTab

if TYPE_CHECKING:
    from core.people.models import User

PAGES = (
    ("charter", _("Goals and backing"), Ability.SEE_PROGRAM),
    ("charter_duties", _("Roles"), Ability.WORK_ON_CHECKLISTS),
    ("charter_stakeholders", _("Stakeholders"), Ability.MANAGE_PROGRAM),
    ("charter_risks", _("Risks"), Ability.WORK_ON_CHECKLISTS),
    ("charter_budget", _("Budget"), Ability.SEE_REPORTS),
    ("objections", _("Objections"), Ability.SEE_PROGRAM),
)


def parts_of(user: "User", program: Program, current: str) -> list[ShownTab]:
    may = abilities_in(user, program)
    return [
        ShownTab(str(label), reverse(f"programs:{name}", args=[program.slug]), name == current)
        for name, label, ability in PAGES
        if ability in may
    ]
