"""The agenda as its page shows it: months, days, rows; and the small month beside it."""

from calendar import Calendar
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import groupby

from babel.dates import get_day_names
from django.urls import reverse
from django.utils.translation import gettext as _

from community.events import answering
from community.events.models import Answer, Choice, Event, EventState
from core.kit import cldr
from core.kit.templatetags.ui import clock, hour
from programs.membership.models import Program
from programs.phases.models import Milestone

MONDAY = 0


@dataclass(frozen=True)
class Happening:
    title: str
    url: str
    at: str
    meta: str
    event: Event | None
    answer: Answer | None
    asks: bool = False  # the person is invited and may still answer
    is_video: bool = False
    is_booked: bool = False  # the person's own office hour

    @property
    def is_cancelled(self) -> bool:
        return self.event is not None and self.event.state == EventState.CANCELLED

    @property
    def is_draft(self) -> bool:
        return self.event is not None and self.event.state == EventState.DRAFT


@dataclass(frozen=True)
class DayOfAgenda:
    on: date
    name: str
    words: str
    is_today: bool
    rows: list[Happening]


@dataclass(frozen=True)
class MonthOfAgenda:
    name: str
    days: list[DayOfAgenda]


@dataclass(frozen=True)
class Listed:
    """A row of the agenda with the moment that puts it in order."""

    on: date
    at: time | None
    happening: Happening
    last: date
    is_mine: bool = False

    @property
    def order(self) -> tuple[date, time]:
        return self.on, self.at or time.max  # what takes the day lies below what has an hour, as the database has it


def months(
    rows: Iterable["Listed"],
    *,
    today: date,
) -> list[MonthOfAgenda]:
    found = []
    for (year, month), of_month in groupby(rows, key=lambda row: (row.on.year, row.on.month)):
        days = [
            DayOfAgenda(
                on,
                _("Today") if on == today else cldr.written(on, "weekday_name"),
                cldr.written(on, "day_short"),
                on == today,
                [each.happening for each in same],
            )
            for on, same in groupby(of_month, key=lambda row: row.on)
        ]
        found.append(MonthOfAgenda(cldr.written(date(year, month, 1), "month"), days))
    return found


def row_of(
    program: Program, milestone: Milestone, answers: Mapping[int, Answer], *, edits: bool, invited: Set[int]
) -> Happening:
    event = event_seen(milestone, edits=edits)
    url = address_of(program, milestone, event, edits=edits)
    where = milestone.place or (_("Video call") if event and event.video else "")
    return Happening(
        title=str(milestone.title),
        url=url,
        at=hour(milestone.at),
        meta=", ".join(part for part in (where, until(milestone)) if part),
        event=event,
        answer=answers.get(event.pk) if event else None,
        asks=event is not None and event.pk in invited and answering.can_answer(event),
        is_video=bool(event and event.video and not milestone.place),
    )


def listed(
    program: Program,
    dates: Iterable[Milestone],
    answers: Mapping[int, Answer],
    *,
    edits: bool,
    invited: Set[int] = frozenset(),
) -> list[Listed]:
    found = []
    for each in dates:
        row = row_of(program, each, answers, edits=edits, invited=invited)
        is_mine = row.answer is not None and row.answer.choice == Choice.YES
        found.append(Listed(each.on, each.at, row, each.last_day, is_mine))
    return found


def event_seen(milestone: Milestone, *, edits: bool) -> Event | None:
    """A draft is the bare date for everybody but who plans it."""
    event: Event | None = getattr(milestone, "event", None)
    return None if event is not None and event.state == EventState.DRAFT and not edits else event


def address_of(program: Program, milestone: Milestone, event: Event | None, *, edits: bool) -> str:
    """The event's page; a bare date leads who plans events to making one of it."""
    if event is not None:
        return reverse("community:event_detail", args=[program.slug, event.pk])
    return f"{reverse('community:event_new', args=[program.slug])}?date={milestone.pk}" if edits else ""


def until(milestone: Milestone) -> str:
    """When it ends, in words; nothing where nobody said."""
    if milestone.until_on and milestone.until_on != milestone.on:
        day = cldr.written(milestone.until_on, "day_of_year")
        if milestone.until_at:
            day = f"{day}, {clock(datetime.combine(milestone.until_on, milestone.until_at))}"
        return _("until %(day)s") % {"day": day}
    if milestone.until_at:
        return _("until %(time)s") % {"time": clock(datetime.combine(milestone.on, milestone.until_at))}
    return ""


@dataclass(frozen=True)
class Cell:
    number: int = 0  # nothing: a day of another month
    anchor: str = ""
    marks: str = ""
    label: str = ""


@dataclass(frozen=True)
class SmallMonth:
    name: str
    weekdays: list[tuple[str, str]]
    weeks: list[list[Cell]] = field(default_factory=list)


def small_month(rows: Iterable[Listed], *, of: date, today: date) -> SmallMonth:
    """One month as a table whose days lead to the agenda; three marks by shape and fill."""
    locale = cldr.locale()
    marked: dict[date, str] = {}
    for row in rows:
        for days in range(min((row.last - row.on).days, 31) + 1):
            on = row.on + timedelta(days=days)
            marked[on] = "is-mine" if row.is_mine or marked.get(on) == "is-mine" else "is-ev"
    words = {"is-mine": _("you are coming"), "is-ev": _("event")}
    weeks = [
        [_cell(on, of, today, marked.get(on, ""), words) for on in week]
        for week in Calendar(MONDAY).monthdatescalendar(of.year, of.month)
    ]
    names, short = get_day_names("wide", locale=locale), get_day_names("short", locale=locale)
    weekdays = [(short[number].rstrip("."), names[number]) for number in range(7)]
    return SmallMonth(cldr.written(of, "month"), weekdays, weeks)


def _cell(on: date, of: date, today: date, mark: str, words: Mapping[str, str]) -> Cell:
    if on.month != of.month:
        return Cell()
    marks = " ".join(part for part in (mark, "is-today" if on == today else "") if part)
    told = ", ".join(part for part in (f"{on.day}.", words.get(mark, ""), _("today") if on == today else "") if part)
    return Cell(on.day, f"d{on.isoformat()}" if mark else "", marks, told)
