"""A year of a person's days with what they did on them, for the person alone."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from analytics.activities.models import Activity
from analytics.activities.my_week import what_was_done
from core.kit import cldr
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

HALF = 27  # weeks; two halves beside each other, or one below the other on a phone
STEP = 12  # of a day in the picture
HEAD = 14  # room for the names of months
STRONGEST = 3


@dataclass(frozen=True)
class OwnDay:
    """A day of the picture."""

    on: date
    did: str  # nothing: nothing was logged
    minutes: int
    strength: int
    x: int
    y: int


@dataclass(frozen=True)
class HalfYear:
    days: list[OwnDay]
    months: list[tuple[int, str]]  # where a month begins, and its name
    width: int = HALF * STEP
    height: int = HEAD + 7 * STEP


@dataclass(frozen=True)
class OwnYear:
    halves: list[HalfYear]
    active: list[OwnDay]  # the days with something, the newest first

    @property
    def minutes(self) -> int:
        return sum(each.minutes for each in self.active)


def own_year(user: "User", program: Program, today: date) -> OwnYear:
    """The running week and 53 before it. One query."""
    monday = today - timedelta(days=today.weekday())
    first = monday - timedelta(weeks=2 * HALF - 1)
    rows: dict[date, list[Activity]] = defaultdict(list)
    for row in Activity.objects.present().filter(user=user, program=program, on__gte=first, on__lte=today):
        rows[row.on].append(row)
    halves = [_half(first + timedelta(weeks=HALF * number), rows, today) for number in range(2)]
    active = [day for half in halves for day in half.days if day.did]
    return OwnYear(halves, active[::-1])


def _half(first: date, rows: dict[date, list[Activity]], today: date) -> HalfYear:
    days = [first + timedelta(days=number) for number in range(7 * HALF)]
    found = [
        OwnDay(
            on,
            what_was_done(rows[on], 0) if on in rows else "",
            sum(row.minutes for row in rows.get(on, ())),
            min(STRONGEST, len(rows.get(on, ()))),
            STEP * (number // 7),
            HEAD + STEP * (number % 7),
        )
        for number, on in enumerate(days)
        if on <= today
    ]
    return HalfYear(found, list(_months(days, today)))


def _months(days: Iterable[date], today: date) -> Iterable[tuple[int, str]]:
    for number, on in enumerate(days):
        if on.day == 1 and on <= today and STEP * (number // 7) < (HALF - 2) * STEP:
            yield STEP * (number // 7), cldr.month_short(on)
