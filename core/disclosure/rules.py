"""The rules that look at one cell, or at one step of one time line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal

from .crowd import Who
from .publication import Cell, Key, Reason, enough, looked_at


def primary_reason(cell: Cell, *, k: int) -> Reason | None:
    """A cell needs k people besides those of one hand, and none of them may make up most of it.

    Whoever controls k-1 of its accounts takes their figures off and is left with the others'.
    """
    if min(len(cell.people), len(cell.circle)) < enough(k):
        return Reason.TOO_FEW
    if is_dominated(cell.volume, cell.tops, k=k):
        return Reason.DOMINATED
    return None


def is_dominated(volume: Decimal, tops: Sequence[Decimal], *, k: int) -> bool:
    """Somebody's figure could be read from the sum, however many others there are.

    One person has more than half of it, or two have more than three quarters.  The same is asked of what is left
    without the one to k - 1 largest: with figures of their own that are larger, somebody could hide that a single
    other one makes up the rest.  Where nothing is left, each of the others has nothing.
    """
    if sum(tops[:2]) * 4 > volume * 3:
        return True
    rest = volume
    for top in tops[: looked_at(k)]:
        if not rest or top * 2 > rest:
            return True
        rest -= top
    return False


def changed_by_few(before: Who, now: Who, *, k: int) -> bool:
    """One to k-1 people came or went: the step would be mostly about them."""
    return 0 < len(before ^ now) < k


class Lines:
    """The time lines of a publication, one per series and group.

    A step is held when its circle differs by a few people from the last one that is shown: not from the one before
    it, so that hiding one week does not merely delay the difference to the next.  What was shown earlier of the same
    period counts as well: when a latecomer's figures arrive, the old sum stays until enough people have changed.

    Of the same period the old and the new sum differ by the figures of exactly those who changed.  Whoever controls
    k-1 accounts makes them change together with one other person, takes the own figures off, and is left with that
    person's: so k others have to change besides.
    """

    def __init__(self, cells: Sequence[Cell], shown_before: Iterable[Cell], *, k: int) -> None:
        self.k = k
        earlier: dict[Key, list[Cell]] = defaultdict(list)
        for cell in shown_before:
            earlier[cell.key].append(cell)
        lines: dict[tuple[str, str], list[Cell]] = defaultdict(list)
        for cell in cells:
            lines[cell.series, cell.group].append(cell)
        self.lines = [
            [
                (cell.key, cell.circle, self._differs(cell, earlier[cell.key]), cell.k or k)
                for cell in sorted(line, key=_period)
            ]
            for line in lines.values()
        ]

    def _differs(self, cell: Cell, earlier: Iterable[Cell]) -> bool:
        k = enough(cell.k or self.k)
        return any(
            changed_by_few(old.people, cell.people, k=k) or changed_by_few(old.circle, cell.circle, k=k)
            for old in earlier
        )

    def held(self, hidden: Collection[Key]) -> set[Key]:
        """The steps to hold while these are hidden anyway."""
        held: set[Key] = set()
        for line in self.lines:
            last: Who | None = None
            for key, circle, differs, k in line:
                if key in hidden:
                    continue
                if differs or (last is not None and changed_by_few(last, circle, k=k)):
                    held.add(key)
                else:
                    last = circle
        return held


def _period(cell: Cell) -> str:
    return cell.period
