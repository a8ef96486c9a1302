"""What is still to be done after events, on the start page of who plans them: until it is ticked, or a month later."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from community.events import access, moments, queries, to_do
from community.events.models import Event
from core.kit import cldr, page_cache
from core.kit.compiled import Blank, Compiled

if TYPE_CHECKING:
    from core.people.models import User
    from programs.membership.models import Program

KEPT, MOST = timedelta(days=30), 3


@dataclass(frozen=True)
class StillOpen:
    event: Event
    lines: list[str]

    def row(self, program: "Program") -> dict[str, Any]:
        """As `ui/_dates.html` shows it."""
        date, more = self.event.milestone, len(self.lines) - 1
        says = ngettext("%(first)s, and %(count)s more", "%(first)s, and %(count)s more", more)
        url = reverse("community:event_detail", args=[program.slug, self.event.pk])
        return {
            "day": date.on.day,
            "below": cldr.month_short(date.on),
            "title": date.title,
            "meta": says % {"first": self.lines[0], "count": more} if more else self.lines[0],
            "url": f"{url}#after",
            "now": False,
            "datetime": date.on.isoformat(),
        }


@dataclass(frozen=True)
class FollowingUp:
    rows: list[dict[str, Any]]


def tile(user: "User", program: "Program", today: date) -> FollowingUp | None:
    """Kept in the cache until a line is ticked or the program changes, so that a start page asks nothing for it."""
    if not access.can_edit(user, program):
        return None
    found = page_cache.taken(f"program:{program.pk}", f"after:{today}", lambda: _open(program, today))
    now = timezone.now()
    for each in found:
        each.event.milestone.program = program
    over = [each for each in found if moments.is_over(each.event.milestone, now)]
    return FollowingUp([each.row(program) for each in over[:MOST]]) if over else None


def _lately() -> QuerySet[Event]:
    rows = queries.announced_ahead(Blank("program"), on=Blank("since")).filter(milestone__on__lte=Blank("today"))
    return rows.prefetch_related(None)


_LATELY = Compiled(_lately)


def _open(program: "Program", today: date) -> list[StillOpen]:
    """The latest first."""
    rows = _LATELY.rows(program=program.pk, since=today - KEPT, today=today)
    found = [
        StillOpen(event, [line.words for line in to_do.of(event, "after_tasks") if not line.is_done]) for event in rows
    ]
    return [each for each in reversed(found) if each.lines]
