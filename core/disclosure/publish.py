"""Decide once which cells are shown; pages, reports and exports read only the result.

    cells = cells_of(contributions)                 # generations and the program's total
    for cell in publish(cells, k=program.group_size):
        store(cell)                                 # cell.shown, cell.value or cell.reason

One call per metric, over all the periods that are (or were) visible.  Metrics that add up to each
other (reactions + comments + reposts = interactions) go through `publish_together`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from .audit import Block, blocks_of, leaks
from .publication import DEFAULT, FLOOR, Cell, Key, Published, Reason, enough
from .rules import Lines, primary_reason
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
    """Show what cannot be traced back to fewer than k people, also by somebody who controls k - 1 of those it is made
    from, in the order given (see `Publication`): so a figure needs 2k - 1 people."""
    publication = Publication(cells, k=k, shown_before=shown_before, hold_steps=hold_steps, complementary=complementary)
    return publication.decide(also_hide)


class Publication:
    """Cells of one metric that are decided together, prepared once and decided as often as needed.

    `shown_before` are cells that readers have already seen: they count as known and cannot be
    taken back; a cell that would differ from them by a few people comes back CHANGED_BY_FEW, and
    the publisher then keeps the earlier figure.  `hold_steps=False` is for figures that are
    not a time line.  `complementary=False` exists for the negative control of the tests only.
    """

    def __init__(
        self,
        cells: Sequence[Cell],
        *,
        k: int = DEFAULT,
        shown_before: Sequence[Cell] = (),
        hold_steps: bool = True,
        complementary: bool = True,
    ) -> None:
        self.k = max(k, FLOOR)
        self.cells = cells
        self.everything = [*cells, *shown_before]
        self.primary = {cell.key: reason for cell in cells if (reason := primary_reason(cell, k=self._k(cell)))}
        self.lines = Lines(cells, shown_before, k=self.k) if hold_steps else None
        self.blocks = blocks_of(self.everything) if complementary else []
        # A figure seen earlier is no longer a secret, whatever becomes of its cell today.
        self.seen = [{self.everything[i].atoms for i in block.cells if i >= len(cells)} for block in self.blocks]
        # block -> cells that may be shown together, beside those that are hidden and no secret
        self.quiet: dict[int, tuple[set[int], frozenset[Key]]] = {}
        self.open: frozenset[Key] = frozenset()

    def _k(self, *cells: Cell) -> int:
        return max([FLOOR, *(cell.k or self.k for cell in cells)])

    def decide(self, also_hide: Collection[Key] = (), *, are_secret: bool = True) -> list[Published]:
        """Which cells are shown when these must not be.

        `are_secret`: nobody may work them out either, as with parts of a sum that is shown.  Not so the one side of a
        rate whose other side is hidden: comments of a single person hide the share of comments, and the interactions
        it is a share of may stand in a figure of their own.
        """
        reasons = dict(self.primary)
        self.open = frozenset() if are_secret else frozenset(key for key in also_hide if key not in reasons)
        for cell in self.cells:
            if cell.key in also_hide:
                reasons.setdefault(cell.key, Reason.PROTECTS_OTHER)
        while True:
            count = len(reasons)
            if self.lines is not None:
                for key in self.lines.held(reasons):
                    reasons[key] = Reason.CHANGED_BY_FEW
            for number, block in enumerate(self.blocks):
                self._protect(number, block, reasons)
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
                people_band=people_band(len(cell.people), k=self._k(cell)),
            )
            for cell in self.cells
        ]

    def _protect(self, number: int, block: Block, reasons: dict[Key, Reason]) -> None:
        """Hide further cells until nothing hidden, and nobody in a small circle, can be computed."""
        cells, count = self.cells, len(self.cells)
        known = {i for i in block.cells if i >= count}
        shown = {i for i in block.cells if i < count and cells[i].key not in reasons}
        least = enough(self._k(*(cells[i] for i in block.cells if i < count)))
        while self.quiet.get(number) != (shown, self.open):
            targets = [
                i
                for i in block.cells
                if i < count
                and i not in shown
                and cells[i].key in reasons
                and cells[i].key not in self.open
                and cells[i].atoms not in self.seen[number]
            ]
            victims: set[int] = set()
            for parts in leaks(block, sorted(shown | known), targets, k=least):
                candidates = [i for i in parts if i in shown]
                if candidates and victims.isdisjoint(candidates):
                    # The smallest cell goes: larger ones tell more to more people.
                    victims.add(min(candidates, key=lambda i: (len(cells[i].people), cells[i].key)))
            if not victims:
                self.quiet[number] = shown, self.open
            shown = shown - victims
            for i in victims:
                reasons[cells[i].key] = Reason.PROTECTS_OTHER


def publish_together(
    tables: Mapping[str, Sequence[Cell]],
    *,
    k: int = DEFAULT,
    shown_before: Mapping[str, Sequence[Cell]] | None = None,
    hold_steps: bool = True,
    complementary: bool = True,
) -> dict[str, list[Published]]:
    """Metrics that can be added or subtracted: a cell hidden in one of them is hidden in all."""
    publications = {
        metric: Publication(
            cells,
            k=k,
            shown_before=(shown_before or {}).get(metric, ()),
            hold_steps=hold_steps,
            complementary=complementary,
        )
        for metric, cells in tables.items()
    }
    hidden: set[Key] = set()
    while True:
        result = {metric: publication.decide(hidden) for metric, publication in publications.items()}
        now = {p.key for published in result.values() for p in published if not p.shown}
        if now == hidden:
            return result
        hidden = now
