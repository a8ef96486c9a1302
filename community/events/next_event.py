"""The next event on the start pages: when and where, what I said, the way in; for who plans it, who comes."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone

from community.events import access, event_page, moments, queries
from community.events.invited import invited_to
from community.events.models import Choice, Event
from core.disclosure.gate import People
from core.kit import page_cache
from core.kit.compiled import Blank, Compiled

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from core.people.models import User
    from programs.membership.models import Program

MOST_AHEAD, MOST_LOOKED_AT = 5, 100


@dataclass(frozen=True)
class NextEvent:
    event: Event
    choice: str  # what I said; nothing as long as I have not
    coming: People | None  # for who plans it

    @property
    def when(self) -> str:
        return event_page.when(self.event)

    @property
    def elsewhere(self) -> dict[str, str]:
        return event_page.elsewhere(self.event)

    @property
    def can_be_joined(self) -> bool:
        """By whom the event's page would show the call."""
        comes = self.choice in (Choice.YES, Choice.MAYBE) or self.coming is not None
        return comes and bool(self.event.video) and moments.can_be_joined(self.event.milestone, timezone.now())


def _ahead() -> "QuerySet[Event]":
    """Who is invited is asked for all of them together (`invited_to`)."""
    return queries.announced_ahead(Blank("program"), on=Blank("today")).prefetch_related(None)[:MOST_LOOKED_AT]


COMING = Compiled(_ahead)


def tile(user: "User", program: "Program", today: date) -> NextEvent | None:
    """Cached: dates until the program changes, answers until somebody answers, so that a start page asks
    nothing for it."""

    def look() -> list[Event]:
        found = COMING.rows(program=program.pk, today=today)
        invited = invited_to(found, user, program)
        return [event for event in found if event.pk in invited][:MOST_AHEAD]

    now = timezone.now()
    known = page_cache.taken(f"program:{program.pk}", f"next_event:{user.pk}:{today}", look)
    ahead = [event for event in known if not moments.is_over(_within(program, event).milestone, now)]
    if not ahead:
        return None
    event, edits = ahead[0], access.can_edit(user, program)
    choice, coming = page_cache.taken(
        f"events:{program.pk}", f"said:{event.pk}:{user.pk}:{edits}", lambda: _said(event, user, program, edits=edits)
    )
    return NextEvent(event, choice, coming)


def _said(event: Event, user: "User", program: "Program", *, edits: bool) -> tuple[str, People | None]:
    answer = queries.answers_of(user, [event.pk]).get(event.pk)
    coming = event_page.named_yes(event) if edits else None
    return answer.choice if answer else "", coming


def _within(program: "Program", event: Event) -> Event:
    event.milestone.program = program
    return event
