"""The one finder of tables: where the head is, which column is what, and which rows are no data.

People put titles above a table, programs put a line with the separator, a second head in other words, a total below
and empty rows everywhere. A head is a row of known labels; the labels of a room come in as its vocabulary.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from enum import Enum

from .cells import CellValue
from .values import is_nothing, normalised

LOOK_AT = 40  # rows above which nobody puts a title
TOTALS = frozenset(
    {
        *("total", "totals", "sum", "sums", "grand total", "overall", "average", "mean", "avg"),
        *("gesamt", "summe", "insgesamt", "gesamtsumme", "gesamtergebnis", "gesamtwerte", "durchschnitt", "mittelwert"),
        *("totale", "totaal", "totais", "totales", "somme", "somma", "soma", "suma"),
    }
)
#: Which column a label names, or "" where it is not known.
Vocabulary = Callable[[str], str]


class RowKind(Enum):
    BLANK = "blank"
    TOTAL = "total"
    DATA = "data"


@dataclass(slots=True)
class Head:
    """The head of a table: its row, the place of each known column, and the labels nobody knows."""

    row: int
    places: dict[str, int]
    labels: list[str]
    unknown: dict[int, str] = field(default_factory=dict)
    doubled: str = ""
    data_from: int = 0  # the first row below the head, or below a second one
    written: list[str] = field(default_factory=list)  # the labels as they stand there

    @property
    def width(self) -> int:
        return max((place + 1 for place, label in enumerate(self.labels) if label), default=0)


def head_of(rows: Sequence[Sequence[CellValue]], known: Vocabulary, required: Collection[str]) -> Head | None:
    """The row with the most known labels among which are all that are required; the first of several."""
    best: Head | None = None
    for row in range(min(len(rows), LOOK_AT)):
        head = _read(rows, row, known)
        if all(column in head.places for column in required) and (best is None or len(head.places) > len(best.places)):
            best = head
    if best is not None:
        is_second = _is_second_head(rows, best, known)
        best.data_from = best.row + (2 if is_second else 1)
    return best


def nearest_head(rows: Sequence[Sequence[CellValue]], known: Vocabulary) -> Head | None:
    """What comes closest to a head, to say what is missing; the first row that is a table's where nothing is known."""
    heads = [_read(rows, row, known) for row in range(min(len(rows), LOOK_AT))]
    wide = [head for head in heads if sum(bool(label) for label in head.labels) > 1] or [h for h in heads if h.width]
    return max(wide, key=lambda head: len(head.places), default=None)


def kind_of(cells: Sequence[CellValue]) -> RowKind:
    """Whether a row below the head is data, empty, or a total of the rows above."""
    first = next((cell for cell in cells if not is_nothing(cell)), None)
    if first is None:
        return RowKind.BLANK
    return RowKind.TOTAL if isinstance(first, str) and normalised(first).rstrip(":") in TOTALS else RowKind.DATA


def _read(rows: Sequence[Sequence[CellValue]], row: int, known: Vocabulary) -> Head:
    written = [" ".join(cell.split()) if isinstance(cell, str) else "" for cell in rows[row]]
    head = Head(row, {}, [normalised(label) for label in written], data_from=row + 1, written=written)
    for place, label in enumerate(head.labels):
        if not label:
            continue
        column = known(label)
        if not column:
            head.unknown[place] = label
        elif column in head.places:
            head.doubled = head.doubled or label
        else:
            head.places[column] = place
    return head


def _is_second_head(rows: Sequence[Sequence[CellValue]], head: Head, known: Vocabulary) -> bool:
    """The same columns in other words: some programs write their own keys first, and labels for people below."""
    if head.row + 1 >= len(rows):
        return False
    below = _read(rows, head.row + 1, known)
    again = sum(below.places.get(column) == place for column, place in head.places.items())
    return again >= 2 and again * 2 >= len(head.places)
