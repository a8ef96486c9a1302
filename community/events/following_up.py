"""What is still to be done after events, on the start page of who plans them: until it is ticked, or a month later."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from community.events import access, moments, queries, to_do
from community.events.models import Event
from core.kit import page_cache

if TYPE_CHECKING:
    from core.people.models import User
    from programs.membership.models import Program

KEPT, MOST, MOST_LINES = timedelta(days=30), 3, 3


@dataclass(frozen=True)
class StillOpen:
    event: Event
    lines: list[str]

    @property
    def more(self) -> int:
        return len(self.lines) - MOST_LINES

    @property
    def first(self) -> list[str]:
        return self.lines[:MOST_LINES]


@dataclass(frozen=True)
class FollowingUp:
    events: list[StillOpen]


def tile(user: "User", program: "Program", today: date) -> FollowingUp | None:
    """Kept in the cache until a line is ticked or the program changes, so that a start page asks nothing for it."""
    if not access.can_edit(user, program):
        return None
    found = page_cache.taken(f"program:{program.pk}", f"after:{today}", lambda: _open(program, today))
    now = timezone.now()
    for each in found:
        each.event.milestone.program = program
    over = [each for each in found if moments.is_over(each.event.milestone, now)]
    return FollowingUp(over[:MOST]) if over else None


def _open(program: "Program", today: date) -> list[StillOpen]:
    """The latest first."""
    rows = queries.announced_ahead(program, on=today - KEPT).filter(milestone__on__lte=today)
    found = [
        StillOpen(event, [line.words for line in to_do.of(event, "after_tasks") if not line.is_done]) for event in rows
    ]
    return [each for each in reversed(found) if each.lines]
