"""What lies on the days of a calendar, as bare values: dates of the program, what the reader said, own office hours."""

import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from community.events.agenda import Happening, Listed
from community.events.models import Event
from core.kit import rooms
from core.kit.calendars import Appointment
from core.kit.templatetags.ui import hour
from programs.membership.models import Program
from programs.phases.models import Milestone

if TYPE_CHECKING:
    from core.people.models import User


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
    words: str  # the title in its languages, as the database keeps it: most of a full month is not drawn
    place: str
    event: int | None
    state: str | None
    video: str | None

    def __hash__(self) -> int:
        return self.pk

    @property
    def title(self) -> dict[str, str]:
        texts: dict[str, str] = json.loads(self.words)
        return texts

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
        return Happening(each.title, url, hour(self.start.time()), each.place, None, None, is_booked=True)

    def listed(self) -> Listed:
        on = self.start.date()
        return Listed(on, self.start.time(), self.row(), on, is_mine=True)


def booked(user: "User", program: Program, first: date, last: date) -> Iterator[Booked]:
    """The person's own hours that begin on these days, on the clocks of the program."""
    zone = ZoneInfo(program.time_zone)
    begin = datetime.combine(first, time.min, zone)
    end = datetime.combine(last + timedelta(days=1), time.min, zone)
    for room in rooms.every():
        for told in room.diary:
            for each in told(user, program, begin, end):
                start = each.start
                if isinstance(start, datetime) and first <= start.astimezone(zone).date() <= last:
                    yield Booked(start.astimezone(zone), each)
