"""The pages at one place of the navigation, as far as a person may go."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from core.kit import rooms
from programs.membership import access
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


@dataclass
class ShownTab:
    label: str
    url: str
    current: bool


def tabs_of(place: str, user: "User", program: Program, current: str) -> list[ShownTab]:
    """`current` is the name of the page's address."""
    may = access.abilities_in(user, program)
    tabs = sorted((tab for room in rooms.every() for tab in room.tabs if tab.place == place), key=lambda tab: tab.order)
    return [
        ShownTab(str(tab.label), reverse(tab.address, args=[program.slug]), tab.address == current)
        for tab in tabs
        if tab.ability in may
    ]
