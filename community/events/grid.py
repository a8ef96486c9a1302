"""Days as a calendar draws them: what takes several days lies across them on a line of its own, the rest below it in
order of time, and what finds no room is counted. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any


@dataclass(frozen=True)
class Taking:
    """What takes place, as far as drawing it asks."""

    first: date
    last: date
    at: time | None
    key: Any  # what it is

    @property
    def is_long(self) -> bool:
        return self.last > self.first

    def is_on(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Bar:
    """A day of what takes several. It is named where it begins, and again on Mondays."""

    taking: Taking
    line: int
    is_named: bool
    came: bool  # from the day before
    days: int = 1  # so many days of this week are left of it, this one with them


@dataclass(frozen=True)
class DayOfGrid:
    on: date
    bars: list[Bar]
    short: list[Taking]
    more: int  # how many found no room
    all: list[Taking]


def week_of(days: Sequence[date], takings: Iterable[Taking], *, most: int | None = None) -> list[DayOfGrid]:
    """`most`: so many lines a day has; nothing for as many as it takes."""
    here = [each for each in takings if each.first <= days[-1] and each.last >= days[0]]
    lines = _lines_of([each for each in here if each.is_long], days)
    return [_day(day, days[0], here, lines, most) for day in days]


def _lines_of(long: list[Taking], days: Sequence[date]) -> dict[Taking, int]:
    """The longer of two that begin together lies above; each keeps its line for the week."""
    taken: list[date] = []  # by line, the last day on it
    lines = {}
    for each in sorted(long, key=lambda each: (max(each.first, days[0]), -each.last.toordinal(), str(each.key))):
        line = next((number for number, last in enumerate(taken) if last < max(each.first, days[0])), len(taken))
        taken[line : line + 1] = [each.last]
        lines[each] = line
    return lines


def _day(day: date, monday: date, here: list[Taking], lines: dict[Taking, int], most: int | None) -> DayOfGrid:
    on_day = [each for each in here if each.is_on(day)]
    long = sorted((each for each in on_day if each.is_long), key=lines.__getitem__)
    short = sorted((each for each in on_day if not each.is_long), key=lambda each: each.at or time.min)
    bars = [
        Bar(
            each,
            lines[each] + 1,
            day in (each.first, monday),
            day > each.first,
            (min(each.last, monday + timedelta(days=6)) - day).days + 1,
        )
        for each in long
        if most is None or lines[each] < most
    ]
    room = None if most is None else most - (bars[-1].line if bars else 0)
    return DayOfGrid(day, bars, short[:room], len(on_day) - len(bars) - len(short[:room]), long + short)
