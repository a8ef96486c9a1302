"""From sums to a result that may be said. It is worked out once and kept as it is shown: ranges and rounded means. What
it was made from is destroyed, so the exact numbers are nowhere.

- Nothing from fewer than 2k - 1 people, of the whole pulse or of one question.
- How many chose something comes in steps (`gate.people`): neither “nobody” nor “everybody” is ever said.
- A mean is rounded so far that one person alone cannot be told from it, and stops at 1.5 and 4.5.
- A range says how far chance may carry a mean or the recommendation: made from all answers and two more at the ends, so
  that an answer on which all agree has a width as well.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from math import sqrt
from typing import Any

from community.pulses.pots import Sums
from community.pulses.questions import LIKELY, Question
from core.disclosure import gate, shares
from core.disclosure.shares import Share

SURE = 1.96  # of a hundred samples 95 would have their mean in such a range
LOWEST, HIGHEST = Decimal("1.5"), Decimal("4.5")
STEPS = (Decimal("0.1"), Decimal("0.2"), Decimal("0.5"))
SCORE_STEPS = (5, 10, 20, 25)
WIDTH, SCORE_WIDTH = Decimal(4), 200  # how far one person can move a sum of answers, and of recommendations
MOST_SCORE = 75  # what is higher is said as “at least”
TOP = 4
CRITICS, PROMOTERS = range(7), range(9, 11)


@dataclass(frozen=True)
class PulseCrowd:
    """How many people a group was made of, and the smallest one of its program."""

    k: int
    among: int

    def people(self, count: int) -> list[int | None]:
        found = gate.people(count, k=self.k, among=self.among)
        return [found.low, found.high]


def result(sums: Sums, questions: Sequence[Question], *, asked: int, k: int) -> dict[str, Any] | None:
    """As it is kept; nothing where too few answered. `asked`: who could have answered."""
    if sums.answered < gate.enough(k):
        return None
    among = max(asked, sums.answered)
    items = {}
    for each in questions:
        counts = sums.chosen[each.key]
        if sum(counts) >= gate.enough(k):
            group = PulseCrowd(k, sum(counts))
            items[each.key] = _likely(counts, group) if each.kind == LIKELY else _scale(counts, group)
    people = list(shares.people_band(sums.answered, k=k, among=among))
    return {"people": people, "rate": _rate(sums.answered, among, k), "items": items}


def _rate(answered: int, among: int, k: int) -> list[int] | None:
    """How many percent took part, as a range of at least ten."""
    share = shares.share_band(answered, among, k=k)
    if share is None:
        return None
    if share.exact is None:
        return [share.low, share.high]
    low = min(share.low // 10 * 10, 90)
    return [low, min(low + 10, 100)]


def _scale(counts: Sequence[int], group: PulseCrowd) -> dict[str, Any]:
    n, values = sum(counts), range(1, len(counts) + 1)
    step = next((step for step in STEPS if step * n >= WIDTH), STEPS[-1])
    mean = Decimal(sum(value * count for value, count in zip(values, counts, strict=True))) / n
    said = min(max(_rounded(mean, step, ROUND_HALF_EVEN), LOWEST), HIGHEST)
    more = [1 + counts[0], *counts[1:-1], 1 + counts[-1]]
    middle, error = _spread(more, list(values))
    low = max(_rounded(Decimal(str(middle - error)), step, ROUND_FLOOR), Decimal(1))
    high = min(_rounded(Decimal(str(middle + error)), step, ROUND_CEILING), Decimal(5))
    return {
        "counts": [group.people(count) for count in counts],
        "mean": str(said),
        "band": [str(min(low, said)), str(max(high, said))],
        "top": _top(shares.share_band(sum(counts[TOP - 1 :]), n, k=group.k)),
    }


def _likely(counts: Sequence[int], group: PulseCrowd) -> dict[str, Any]:
    """The share of those who say 9 or 10, less that of those who say 0 to 6."""
    n = sum(counts)
    critics, promoters = sum(counts[value] for value in CRITICS), sum(counts[value] for value in PROMOTERS)
    groups = [critics, n - critics - promoters, promoters]
    middle, error = _spread([1 + groups[0], groups[1], 1 + groups[2]], [-100, 0, 100])
    step = next((step for step in SCORE_STEPS if step * n >= SCORE_WIDTH), SCORE_STEPS[-1])
    score = min(max(int(_rounded(Decimal(str(middle)), Decimal(step), ROUND_HALF_EVEN)), -MOST_SCORE), MOST_SCORE)
    low = max(int(_rounded(Decimal(str(middle - error)), Decimal(5), ROUND_FLOOR)), -100)
    high = min(int(_rounded(Decimal(str(middle + error)), Decimal(5), ROUND_CEILING)), 100)
    return {
        "counts": [group.people(count) for count in groups],
        "score": score,
        "band": [min(low, score), max(high, score)],
    }


def _spread(counts: Sequence[int], values: Sequence[int]) -> tuple[float, float]:
    """The mean, and how far chance may carry it."""
    n = sum(counts)
    mean = sum(value * count for value, count in zip(values, counts, strict=True)) / n
    variance = sum(count * (value - mean) ** 2 for value, count in zip(values, counts, strict=True)) / n
    return mean, SURE * sqrt(variance / n)


def _rounded(value: Decimal, step: Decimal, way: str) -> Decimal:
    return (value / step).quantize(Decimal(1), way) * step


def _top(share: Share | None) -> list[int] | None:
    """In steps of five percent; nothing where anything is possible."""
    if share is None or (share.low, share.high) == (0, 100):
        return None
    if share.exact is None:
        return [share.low, share.high]
    low = share.low // 5 * 5
    return [low, min(low + 5, 100)]
