"""Who is counted, week by week. The circle of a group changes in steps of at least k people.

Whoever joins alone waits until k newcomers have come together, so that no step of a curve is about one
person. The total counts the groups and, when those who wait are k or more, them as well.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from analytics.kpis.weeks import WEEK, monday_of, thursday_of
from core.disclosure.cells import TOTAL

HISTORY = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Stay:
    """A person took part in a group from a day until another (exclusive; None: still does)."""

    person: int
    group: str
    start_on: date
    end_on: date | None

    def covers(self, day: date) -> bool:
        """Whether the person counts on a day: taking part for a while already, so that accounts made for it today
        do not fill a group around one real person."""
        return self.start_on + HISTORY <= day and (self.end_on is None or day < self.end_on)


def present(stays: Iterable[Stay], day: date) -> dict[str, set[int]]:
    """Who takes part in which group on a day."""
    found: dict[str, set[int]] = defaultdict(set)
    for stay in stays:
        if stay.covers(day):
            found[stay.group].add(stay.person)
    return found


def cohorts(stays: Sequence[Stay], weeks: Sequence[date], *, k: int) -> dict[tuple[str, date], frozenset[int]]:
    """The people counted per group and week, and in total (`TOTAL`)."""
    if not stays or not weeks:
        return {}
    result: dict[tuple[str, date], frozenset[int]] = {}
    wanted = set(weeks)
    groups = sorted({stay.group for stay in stays})
    circle: dict[str, set[int]] = {group: set() for group in groups}
    extra: set[int] = set()  # counted in the total only
    week = min(monday_of(min(stay.start_on for stay in stays)), weeks[0])
    while week <= weeks[-1]:
        here = present(stays, thursday_of(week))
        for group in groups:
            _step(circle[group], here.get(group, set()), k=k)
        inside = set().union(*circle.values())
        everybody = set().union(*here.values()) if here else set()
        waiting = everybody - inside
        # Those who wait stay in the total only while they are k or more.
        if len(extra - inside) < k:
            extra = set(waiting) if len(waiting) >= k else set()
        else:
            extra -= inside
            _step(extra, waiting, k=k)
        if week in wanted:
            for group in groups:
                result[group, week] = frozenset(circle[group])
            result[TOTAL, week] = frozenset(inside | extra)
        week += WEEK
    return result


def _step(circle: set[int], here: set[int], *, k: int) -> None:
    """Newcomers and leavers are taken over k or more at a time."""
    joined, left = here - circle, circle - here
    if len(joined) >= k:
        circle |= joined
    if len(left) >= k:
        circle -= left
