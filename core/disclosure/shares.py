"""Shares and counts of people, said so that nobody is singled out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import pairwise

from .publication import DEFAULT, FLOOR, enough

EDGES = (10, 20, 50, 100, 200, 500, 1000)
STEP = 5


@dataclass(frozen=True, slots=True)
class Share:
    """A share of people: exact, or only that it lies between two whole percents."""

    exact: Decimal | None
    low: int
    high: int


def people_band(count: int, *, k: int = DEFAULT, among: int | None = None) -> tuple[int, int | None]:
    """How many people, as a band (from, to), so that one joiner cannot be counted. `among` so many who could be among
    them: that nearly all are is not said, also where a band begins with just as many, for it would tell of each one."""
    least = enough(k)
    if count < least:
        return (0, least - 1)
    if among is not None:
        count = besides_nearly_all(count, among, k=k)
    edges = [least, *(e for e in EDGES if e >= least + STEP)]
    for low, after in pairwise(edges):
        if count < after:
            return (low, after - 1)
    return (edges[-1], None)


def besides_nearly_all(count: int, among: int, *, k: int = DEFAULT) -> int:
    """So many people, of whom it does not follow that nearly all are among them."""
    least = enough(k)
    return max(min(count, among - least + 1), least)


def share_band(yes: int, of: int, *, k: int = DEFAULT) -> Share | None:
    """The share of people who did something; None when too few people could have.

    When few stand on one side ("57 of 60 have finished"), the other side would be a list of names to anyone who knows
    the group, so only a band is said: between 85 and 100 percent.  Few are as many as k others and k - 1 accounts of
    one hand: who puts those on one side would else know of "nobody besides".
    """
    least = enough(k)
    if of < least:
        return None
    few_yes, few_no = yes < least, of - yes < least
    if not few_yes and not few_no:
        percent = int(Decimal(yes * 100) / of)
        return Share(exact=Decimal(yes) / of, low=percent, high=percent)
    if few_yes and few_no:
        return Share(exact=None, low=0, high=100)
    edge = (least - 1) * 100
    if few_yes:
        return Share(exact=None, low=0, high=up(edge, of))
    return Share(exact=None, low=at_least(of, k=k), high=100)


def at_least(of: int, *, k: int = DEFAULT) -> int:
    """The percent that is said of a share when few stand on its other side: the same whether they are few or nobody."""
    return 100 - up((enough(k) - 1) * 100, of)


def at_least_without(largest: int, of: int, *, among: int, k: int = DEFAULT) -> int:
    """The percent that is said of a share of things when what is missing is of few people: true whoever they are, and
    the same whatever they did. `largest`: what so many people have who have most, as are needed for a figure. `among`
    so many who could have things it is no more than it can be without k of the others: of twenty people "at least
    55 %" would tell that each of them has something, and all the same."""
    k = max(k, FLOOR)
    said = min(100 * (of - largest) // of, 100 * (among - enough(k) - k) // among)
    return max(said, 0) // STEP * STEP


def up(part: int, of: int) -> int:
    """part/of, rounded up to the next five percent."""
    return min(100, -(-part // (of * STEP)) * STEP)


def round_count(value: Decimal, people: int) -> Decimal:
    """Counts of small groups (under 20 people) are said to the nearest five."""
    if people >= 20:
        return value
    return (value / STEP).quantize(Decimal(1), rounding=ROUND_HALF_EVEN) * STEP
