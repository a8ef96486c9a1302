"""On the start page of who writes the handbook: pages of theirs that wait for a look or for their word. On that of a
guest: what guests may read."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from core.kit import page_cache
from core.kit.languages import localised
from programs.handbook import access, queries
from programs.handbook.models import HandbookPage

if TYPE_CHECKING:
    from core.people.models import User
    from programs.membership.models import Program

MOST = 3


@dataclass(frozen=True)
class Waiting:
    pages: list[HandbookPage]
    more: int


@dataclass(frozen=True)
class ForGuests:
    pk: int
    title: str  # of the version that guests read


def for_guests(user: "User", program: "Program", today: date) -> list[ForGuests] | None:
    """What guests of the program may read; nothing where there is none."""
    return [ForGuests(pk, localised(title)) for pk, title in queries.shown_to_guests(program)] or None


def build(user: "User", program: "Program", today: date) -> Waiting | None:
    """Kept until something of the program changes, so that a start page asks nothing for it."""
    if not access.can_write(user, program):
        return None
    pages = page_cache.taken(
        f"program:{program.pk}", f"handbook:{user.pk}:{today}", lambda: queries.waiting_for(user, program)
    )
    return Waiting(pages[:MOST], max(0, len(pages) - MOST)) if pages else None
