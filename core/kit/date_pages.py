"""Where a date of the timeline has a page of its own: it is an event, whose room says so."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from core.kit import rooms

if TYPE_CHECKING:
    from core.people.models import User
    from programs.membership.models import Program


def pages_of_dates(program: "Program", dates: Iterable[int], *, reader: "User | None" = None) -> dict[int, str]:
    """By date, its page as this reader may open it; without a reader, as everybody in the program may."""
    keys, found = list(dates), dict[int, str]()
    for room in rooms.every():
        if room.pages_of_dates is not None and keys:
            found |= room.pages_of_dates(reader, program, keys)
    return found
