"""The rules that look at one cell, or at one step of one time line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from .cells import Cell, Key, Reason


def primary_reason(cell: Cell, *, k: int) -> Reason | None:
    """A cell needs k people, and none of them may make up most of it.

    Dominance is asked of groups of every size: whoever holds more than half of a sum can be read
    from it, however many others there are.
    """
    if len(cell.people) < k or len(cell.circle) < k:
        return Reason.TOO_FEW
    if cell.volume and (cell.top1 * 2 > cell.volume or cell.top2 * 4 > cell.volume * 3):
        return Reason.DOMINATED
    return None


def changed_by_few(before: frozenset[int], now: frozenset[int], *, k: int) -> bool:
    """One to k-1 people came or went: the step would be mostly about them."""
    return 0 < len(before ^ now) < k


def held_steps(
    cells: Sequence[Cell],
    hidden: Collection[Key],
    shown_before: Iterable[Cell],
    *,
    k: int,
) -> set[Key]:
    """Steps of a time line whose circle differs by a few people from the last one that is shown.

    The comparison is with the last *shown* step, so that hiding one week does not merely delay
    the difference to the next.  What was shown earlier of the same period counts as well: when a
    latecomer's figures arrive, the old sum stays until k people have changed.
    """
    held: set[Key] = set()
    earlier: dict[Key, list[Cell]] = defaultdict(list)
    for cell in shown_before:
        earlier[cell.key].append(cell)
    lines: dict[tuple[str, str], list[Cell]] = defaultdict(list)
    for cell in cells:
        lines[cell.series, cell.group].append(cell)
    for line in lines.values():
        last: frozenset[int] | None = None
        for cell in sorted(line, key=lambda c: c.period):
            if cell.key in hidden:
                continue
            if any(
                changed_by_few(old.people, cell.people, k=k) or changed_by_few(old.circle, cell.circle, k=k)
                for old in earlier[cell.key]
            ) or (last is not None and changed_by_few(last, cell.circle, k=k)):
                held.add(cell.key)
            else:
                last = cell.circle
    return held
