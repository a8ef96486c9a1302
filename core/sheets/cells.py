"""Cells of a table somebody brought: plain values, wherever they came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

#: A cell as the reading library gives it; a moment (`datetime`) is a `date` too.
CellValue = str | int | float | bool | date | None
Row = list[CellValue]


class Unreadable(Exception):
    """The whole file is refused: a code that the room's messages put into words, with what to say in it."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(slots=True)
class Sheet:
    """A worksheet from its cell A1; `rows` of a hidden one are not read."""

    name: str
    rows: list[Row] = field(default_factory=list)
    is_hidden: bool = False


def at(rows: list[Row], row: int, column: int) -> CellValue:
    """The cell, or None beyond the edge."""
    if 0 <= row < len(rows) and column < len(rows[row]):
        return rows[row][column]
    return None


def text_at(rows: list[Row], row: int, column: int) -> str:
    cell = at(rows, row, column)
    return cell.strip() if isinstance(cell, str) else ""


def column_letter(index: int) -> str:
    """0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


ONE_LETTER = [column_letter(i) for i in range(702)]
