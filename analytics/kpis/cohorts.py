"""Who is counted, week by week. The circle of a group changes in steps of at least k people.

Whoever joins alone waits until k newcomers have come together, so that no step of a curve is about one
person. A circle begins with as many as a figure needs (`enough`): a smaller one would have no figure, and would take
another group's away, from which the total tells it. The total counts the groups and, when those who wait are as many,
them as well.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from types import MappingProxyType

from analytics.kpis import least
from analytics.kpis.columns import Roll
from analytics.kpis.weeks import WEEK, monday_of, thursday_of
from core.disclosure.crowd import Crowd
from core.disclosure.publication import TOTAL, enough
from programs.membership.models import HISTORY

NOBODY = Crowd()


@dataclass(frozen=True, slots=True)
class Stay:
    """A person counted with a group from a day until another (exclusive; None: still does), and has taken part without
    a break since."""

    person: int
    group: str
    start_on: date
    end_on: date | None
    since: date

    def covers(self, day: date) -> bool:
        """Whether the person counts on a day: taking part for a while already, so that accounts made for it today
        do not fill a group around one real person."""
        return self.since + HISTORY <= day and self.start_on <= day and (self.end_on is None or day < self.end_on)


class Presence:
    """Who takes part on a day. Between two days on which somebody begins to count or leaves, it is worked out once."""

    def __init__(self, stays: Sequence[Stay], roll: Roll) -> None:
        self.stays, self.roll = stays, roll
        ends = {stay.end_on for stay in stays if stay.end_on}
        self.turns = sorted({stay.start_on + HISTORY for stay in stays} | ends)
        self.known: dict[int, dict[str, Crowd]] = {}

    def on(self, day: date) -> dict[str, Crowd]:
        stretch = bisect_right(self.turns, day)
        if stretch not in self.known:
            self.known[stretch] = present(self.stays, day, self.roll)
        return self.known[stretch]


def present(stays: Iterable[Stay], day: date, roll: Roll) -> dict[str, Crowd]:
    """Who takes part in which group on a day."""
    found: dict[str, list[int]] = defaultdict(list)
    for stay in stays:
        if stay.covers(day):
            found[stay.group].append(roll.places[stay.person])
    return {group: Crowd.of(places) for group, places in found.items()}


def cohorts(
    stays: Sequence[Stay],
    weeks: Sequence[date],
    roll: Roll,
    *,
    k: int,
    presence: Presence | None = None,
    by_month: Mapping[date, int] = MappingProxyType({}),
) -> dict[tuple[str, date], Crowd]:
    """The people counted per group and week, and in total (`TOTAL`). `by_month`: the smallest group in each, where it
    is not always `k`."""
    if not stays or not weeks:
        return {}
    presence = presence or Presence(stays, roll)
    result: dict[tuple[str, date], Crowd] = {}
    wanted = set(weeks)
    circle = dict.fromkeys(sorted({stay.group for stay in stays}), NOBODY)
    extra = NOBODY  # counted in the total only
    week = min(monday_of(min(stay.start_on for stay in stays)), weeks[0])
    now = k
    while week <= weeks[-1]:
        k = least.on(by_month, week, k=now)
        here = presence.on(thursday_of(week))
        circle = {group: _step(before, here.get(group, NOBODY), k=k) for group, before in circle.items()}
        inside = together(circle.values())
        waiting = together(here.values()) - inside
        # Those who wait stay in the total only while they are enough for a figure of their own.
        if len(extra - inside) < enough(k):
            extra = waiting if len(waiting) >= enough(k) else NOBODY
        else:
            extra = _step(extra - inside, waiting, k=k)
        if week in wanted:
            for group, counted in circle.items():
                result[group, week] = counted
            result[TOTAL, week] = inside | extra
        week += WEEK
    return result


def together(crowds: Iterable[Crowd]) -> Crowd:
    return reduce(or_, crowds, NOBODY)


def _step(circle: Crowd, here: Crowd, *, k: int) -> Crowd:
    """Newcomers and leavers are taken over k or more at a time."""
    joined, left = here - circle, circle - here
    if len(joined) >= (k if circle else enough(k)):
        circle = circle | joined
    if len(left) >= k:
        circle = circle - left
    return circle
