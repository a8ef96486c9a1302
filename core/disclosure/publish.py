"""Decide once which cells are shown; pages, reports and exports read only the result.

    cells = cells_of(contributions)                 # generations and the program's total
    for cell in publish(cells, k=program.group_size):
        store(cell)                                 # cell.shown, cell.value or cell.reason

One call per metric, over all the periods that are (or were) visible.  Metrics that add up to each
other (reactions + comments + reposts = interactions) go through `publish_together`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from .audit import blocks_of, leaks
from .cells import DEFAULT, FLOOR, Cell, Key, Published, Reason
from .rules import held_steps, primary_reason
from .shares import people_band


def publish(
    cells: Sequence[Cell],
    *,
    k: int = DEFAULT,
    shown_before: Sequence[Cell] = (),
    also_hide: Collection[Key] = (),
    hold_steps: bool = True,
    complementary: bool = True,
) -> list[Published]:
    """Show what cannot be traced back to fewer than k people, in the order given.

    `shown_before` are cells that readers have already seen: they count as known and cannot be
    taken back; a cell that would differ from them by a few people comes back CHANGED_BY_FEW, and
    the publisher then keeps the earlier figure.  `hold_steps=False` is for figures that are
    not a time line.  `complementary=False` exists for the negative control of the tests only.
    """
    k = max(k, FLOOR)
    reasons: dict[Key, Reason] = {}
    for cell in cells:
        if cell.key in reasons:
            continue
        if reason := primary_reason(cell, k=k):
            reasons[cell.key] = reason
        elif cell.key in also_hide:
            reasons[cell.key] = Reason.PROTECTS_OTHER
    while True:
        count = len(reasons)
        if hold_steps:
            for key in held_steps(cells, reasons, shown_before, k=k):
                reasons[key] = Reason.CHANGED_BY_FEW
        if complementary:
            protect(cells, reasons, shown_before, k=k)
        # What the audit hid may have been the step a later one was compared with.
        if len(reasons) == count:
            break
    return [
        Published(
            group=cell.group,
            period=cell.period,
            series=cell.series,
            shown=cell.key not in reasons,
            reason=reasons.get(cell.key),
            value=None if cell.key in reasons else cell.value,
            people_band=people_band(len(cell.people), k=k),
        )
        for cell in cells
    ]


def publish_together(
    tables: Mapping[str, Sequence[Cell]],
    *,
    k: int = DEFAULT,
    shown_before: Mapping[str, Sequence[Cell]] | None = None,
    hold_steps: bool = True,
    complementary: bool = True,
) -> dict[str, list[Published]]:
    """Metrics that can be added or subtracted: a cell hidden in one of them is hidden in all."""
    hidden: set[Key] = set()
    while True:
        result = {
            metric: publish(
                cells,
                k=k,
                shown_before=(shown_before or {}).get(metric, ()),
                also_hide=hidden,
                hold_steps=hold_steps,
                complementary=complementary,
            )
            for metric, cells in tables.items()
        }
        now = {p.key for published in result.values() for p in published if not p.shown}
        if now == hidden:
            return result
        hidden = now


def protect(
    cells: Sequence[Cell],
    reasons: dict[Key, Reason],
    shown_before: Sequence[Cell],
    *,
    k: int,
) -> None:
    """Hide further cells until nothing hidden, and nobody in a small circle, can be computed."""
    everything = [*cells, *shown_before]
    for block in blocks_of(everything):
        known = {i for i in block.cells if i >= len(cells)}
        shown = {i for i in block.cells if i < len(cells) and cells[i].key not in reasons}
        # A figure seen earlier is no longer a secret, whatever becomes of its cell today.
        seen = {everything[i].atoms for i in known}
        while True:
            targets = [
                i
                for i in block.cells
                if i < len(cells) and i not in shown and cells[i].key in reasons and cells[i].atoms not in seen
            ]
            victims: set[int] = set()
            for parts in leaks(block, sorted(shown | known), targets, k=k):
                candidates = [i for i in parts if i in shown]
                if candidates and victims.isdisjoint(candidates):
                    # The smallest cell goes: larger ones tell more to more people.
                    victims.add(
                        min(
                            candidates,
                            key=lambda i: (len(cells[i].people), cells[i].key),
                        )
                    )
            if not victims:
                break
            shown -= victims
            for i in victims:
                reasons[cells[i].key] = Reason.PROTECTS_OTHER
