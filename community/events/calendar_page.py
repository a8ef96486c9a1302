"""Month and week as their pages show them: events and dates as the agenda has them, and the person's own office hours.
Everything lies on the clocks of the program."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from babel.dates import get_day_names
from django.urls import reverse
from django.utils.translation import ngettext

from community.events import access, agenda, grid, periods, queries
from community.events.agenda import Happening
from community.events.calendar_rows import Booked, Dated, SaidToEvent, booked
from community.events.grid import Taking
from community.events.invited import invited_to
from community.events.models import EventState
from core.kit import cldr, two_clocks
from core.kit.languages import in_language
from core.kit.templatetags.ui import hour
from programs.consents.models import today_in
from programs.membership.models import Program
from programs.membership.tabs import tabs_of

if TYPE_CHECKING:
    from core.people.models import User

LINES, DOTS = 3, 3
MINE = frozenset({"yes", "booked"})


@dataclass(frozen=True)
class Entry:
    """What takes place, as a day of the calendar names it."""

    title: str
    url: str
    at: str
    state: str  # what I said, or that it is cancelled, a draft, my own office hour
    meta: str = ""
    line: int = 0  # of what takes several days
    is_named: bool = True
    came: bool = False
    days: int = 1


@dataclass(frozen=True)
class CalendarDay:
    on: date
    name: str
    label: str
    url: str
    marks: str
    dots: list[str]
    bars: list[Entry]
    entries: list[Entry]
    more: int


@dataclass(frozen=True)
class CalendarWeek:
    number: int
    url: str
    days: list[CalendarDay] = field(default_factory=list)


class CalendarOfPerson:
    """What one person sees of a program between two days, fetched once."""

    def __init__(self, user: "User", program: Program, first: date, last: date, *, is_short: bool = False) -> None:
        self.is_short = is_short
        self.user, self.program, self.today = user, program, today_in(program)
        self.edits = access.can_edit(user, program)
        self.zone = ZoneInfo(program.time_zone)
        self.events_url = reverse("community:events", args=[program.slug])
        self.month_url = reverse("community:events_month", args=[program.slug])
        self.week_url = reverse("community:events_week", args=[program.slug])
        self.first, self.last, self.day = first, last, self.today  # the day whose agenda stands below
        dates = [Dated(*row) for row in queries.between(program, first, last)]
        self.takings = [Taking(each.on, each.until_on or each.on, each.at, each) for each in dates] + [
            Taking(each.start.date(), each.start.date(), each.start.time(), each)
            for each in booked(user, program, first, last)
        ]

    @cached_property
    def said(self) -> dict[int, Any]:
        rows = queries.said_between(self.user, self.program, self.first, self.last, self.day)
        return {event: SaidToEvent(choice, place) for event, choice, place in rows}

    def weeks(self, weeks: Sequence[Sequence[date]], *, of: date | None, chosen: date | None) -> list[CalendarWeek]:
        """`of`: a day of the month that is shown; days of another one are quiet. Without it the days are a week, and
        hold whatever there is."""
        found = []
        for days in weeks:
            cells = grid.week_of(days, self.takings, most=LINES if of else None)
            key = periods.week_key(days[0])
            week = f"{self.week_url}?week={key}"
            shown = [self._day(cell, of, chosen) for cell in cells]
            found.append(CalendarWeek(days[0].isocalendar().week, week, shown))
        return found

    def _day(self, cell: grid.DayOfGrid, of: date | None, chosen: date | None) -> CalendarDay:
        on = cell.on
        told = [cldr.written(on, "day")]
        if cell.all:
            told.append(ngettext("%(count)s entry", "%(count)s entries", len(cell.all)) % {"count": len(cell.all)})
        marks = {
            "is-off": of is not None and on.month != of.month,
            "is-today": on == self.today,
            "is-chosen": on == chosen,
            "is-late-week": on.weekday() > 4,
            "is-empty": not cell.all,
        }
        states = [self.state_of(each) for each in cell.all[:DOTS]]
        return CalendarDay(
            on,
            cldr.written(on, "weekday_name"),
            ", ".join(told),
            f"{self.month_url}?month={on:%Y-%m}&day={on.day}",
            " ".join(name for name, holds in marks.items() if holds),
            ["mine" if state in MINE else "ev" for state in states],
            [
                self.entry(bar.taking, line=bar.line, is_named=bar.is_named, came=bar.came, days=bar.days)
                for bar in cell.bars
            ],
            [self.entry(each) for each in cell.short],
            cell.more,
        )

    def state_of(self, taking: Taking) -> str:
        each = taking.key
        if isinstance(each, Booked):
            return "booked"
        if each.event is None or (each.state == EventState.DRAFT and not self.edits):
            return ""
        if each.state != EventState.ANNOUNCED:
            return str(each.state)
        said = self.said.get(each.event)
        return said.choice if said else ""

    def entry(self, taking: Taking, **drawn: Any) -> Entry:
        """A month names title and time only."""
        each = taking.key
        if self.is_short and isinstance(each, Dated) and each.event is not None:
            seen = each.state != EventState.DRAFT or self.edits
            url = f"{self.events_url}{each.event}/" if seen else ""
            return Entry(in_language(each.title), url, hour(each.at), self.state_of(taking), **drawn)
        row = self._row(taking)
        return Entry(row.title, row.url, row.at, self.state_of(taking), row.meta, **drawn)

    def _row(self, taking: Taking, invited: Set[int] = frozenset()) -> Happening:
        each = taking.key
        if isinstance(each, Booked):
            return each.row()
        return agenda.row_of(self.program, each.of(self.program), self.said, edits=self.edits, invited=invited)

    def rows_of(self, day: date) -> list[Happening]:
        """The agenda of one day, with the answers one may still give."""
        here = grid.week_of([day], self.takings)[0].all
        events = [each.key.event for each in here if isinstance(each.key, Dated) and each.key.event]
        invited = invited_to(events, self.user, self.program)
        return [self._row(each, invited) for each in here]


def of_month(user: "User", program: Program, month: periods.Month, chosen: date | None) -> dict[str, Any]:
    """`chosen`: the day whose agenda stands below; today, or the first day with something, where none was named."""
    weeks = month.weeks
    shown = CalendarOfPerson(user, program, weeks[0][0], weeks[-1][-1], is_short=True)
    shown.day = day = chosen or _usual_day(shown, month)
    return _around(shown, "month", month.before, month.after) | {
        "month": month,
        "period": cldr.written(month.first, "month"),
        "weekdays": _weekdays(),
        "weeks": shown.weeks(weeks, of=month.first, chosen=day),
        "day": day,
        "is_chosen": chosen is not None,
        "rows": shown.rows_of(day),
    }


def _usual_day(shown: CalendarOfPerson, month: periods.Month) -> date:
    if shown.today.replace(day=1) == month.first:
        return shown.today
    taken: Iterable[date] = (max(each.first, month.first) for each in shown.takings)
    return min((day for day in taken if periods.month_of(day) == month), default=month.first)


def of_week(user: "User", program: Program, monday: date) -> dict[str, Any]:
    days = periods.week_from(monday)
    shown = CalendarOfPerson(user, program, days[0], days[-1])
    before, after = (monday + timedelta(days=more) for more in (-7, 7))
    inside = [
        day if periods.FIRST_YEAR <= day.isocalendar().year <= periods.LAST_YEAR else None for day in (before, after)
    ]
    return _around(shown, "week", *(day and periods.week_key(day) for day in inside)) | {
        "period": cldr.span(days[0], days[-1]),
        "week": shown.weeks([days], of=None, chosen=None)[0],
        "month": periods.month_of(days[3]),
    }


def _around(shown: CalendarOfPerson, unit: str, before: Any, after: Any) -> dict[str, Any]:
    return {
        "program": shown.program,
        "tabs": tabs_of("events", shown.user, shown.program, "community:events"),
        "edits": shown.edits,
        "unit": unit,
        "before": getattr(before, "key", before),
        "after": getattr(after, "key", after),
        "zone": two_clocks.elsewhere(shown.program.time_zone),
    }


def _weekdays() -> list[tuple[str, str]]:
    names, short = (get_day_names(width, locale=cldr.locale()) for width in ("wide", "abbreviated"))
    return [(short[number].rstrip("."), names[number]) for number in range(7)]
