"""Looking at sheets: cells by place, figures with their locator, and the fingerprint of a workbook."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date

from .base import CellValue, ParsedFile, ParsedReading, Sheet, column_letter
from .text import CONTROL, count, day, thousands_mark

ONE_LETTER = [column_letter(i) for i in range(702)]


def at(rows: list[list[CellValue]], row: int, column: int) -> CellValue:
    """The cell, or None beyond the edge."""
    if row < len(rows) and column < len(rows[row]):
        return rows[row][column]
    return None


def text_at(rows: list[list[CellValue]], row: int, column: int) -> str:
    cell = at(rows, row, column)
    return cell.strip() if isinstance(cell, str) else ""


def fingerprint(sheets: Iterable[Sheet]) -> str:
    """The same cells give the same fingerprint, however the file was packed.

    Two downloads of the same data differ in their bytes but not in one cell.
    """
    digest = hashlib.sha256()
    for sheet in sheets:
        digest.update(f"\x1d{sheet.name}".encode())
        for row in sheet.rows:
            # Empty cells are left out, zeros stay.
            cells = [int(c) if c.__class__ is float and c.is_integer() else c for c in row if c or c == 0]
            digest.update(f"\x1e{cells!r}".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def grouping(sheets: Iterable[Sheet]) -> str:
    """The mark that groups digits in these sheets (see `text.thousands_mark`)."""
    return thousands_mark([c for s in sheets for row in s.rows for c in row if c.__class__ is str and len(c) < 24])


class Figures:
    """Reads the figures of one file into its list, and keeps what it could not read."""

    def __init__(self, file: ParsedFile, *, order: str = "mdy", thousands: str = "") -> None:
        self.file = file
        self.order = order
        self.thousands = thousands

    def add(
        self,
        sheet: Sheet,
        row: int,
        column: int,
        *,
        metric: str,
        grain: str,
        period: tuple[date, date],
        segment: str = "",
        post: int | None = None,
    ) -> None:
        cell = sheet.rows[row][column] if column < len(sheet.rows[row]) else None
        try:
            value = count(cell, thousands=self.thousands)
        except ValueError as error:
            self.file.refuse(sheet.name, row + 1, ONE_LETTER[column], str(error), text=str(cell)[:40])
            return
        if value is None:
            return
        self.file.readings.append(
            ParsedReading(
                post,
                metric,
                grain,
                period[0],
                period[1],
                segment,
                value,
                f"{sheet.name}!{ONE_LETTER[column]}{row + 1}",
            )
        )

    def day(self, sheet: Sheet, row: int, column: int) -> date | None:
        cell = at(sheet.rows, row, column)
        try:
            return day(cell, self.order)
        except ValueError as error:
            self.file.refuse(sheet.name, row + 1, ONE_LETTER[column], str(error), text=str(cell)[:40])
            return None

    def words(self, sheet: Sheet, row: int, column: int) -> str:
        """Text without control characters (the store cannot hold NUL, readers cannot see the others)."""
        return CONTROL.sub("", text_at(sheet.rows, row, column))
