"""What lies on the days of a calendar, as bare values: dates of the program, what the reader said, own office hours."""

from datetime import date, datetime, time
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from community.events.agenda import Happening
from community.events.models import Event
from core.kit.calendars import Appointment
from programs.membership.models import Program
from programs.phases.models import Milestone


class SaidToEvent(NamedTuple):
    """What the reader said to an event."""

    choice: str
    place: int | None


class Dated(NamedTuple):
    """A date of the program, with what is needed of its event."""

    pk: int
    on: date
    until_on: date | None
    at: time | None
    until_at: time | None
    title: Any
    place: str
    event: int | None
    state: str | None
    video: str | None

    def __hash__(self) -> int:
        return self.pk

    def of(self, program: Program) -> Milestone:
        """The row as the agenda knows it."""
        fields = {name: getattr(self, name) for name in ("pk", "on", "until_on", "at", "until_at", "title", "place")}
        row = Milestone(program=program, **fields)
        Milestone.event.related.set_cached_value(row, None)
        if self.event is not None:
            Event(pk=self.event, milestone=row, state=self.state or "", video=self.video or "")
        return row


class Booked(NamedTuple):
    """An own office hour, on the clocks of the program."""

    start: datetime
    appointment: Appointment

    def row(self) -> Happening:
        each = self.appointment
        url = urlsplit(each.url).path
        return Happening(each.title, url, f"{self.start:%H:%M}", each.place, None, None, is_booked=True)
