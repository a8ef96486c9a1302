"""Looking at sheets: figures with their locator, tables of days, and the fingerprint of a workbook."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import islice

from core.sheets.cells import ONE_LETTER, CellValue, Row, Sheet, at, text_at
from core.sheets.days import Dates, is_day_like
from core.sheets.find import RowKind, kind_of
from core.sheets.values import CONTROL, NOTHING, count, is_nothing, normalised, thousands_mark

from .handover import ONE_DAY, ParsedFile, ParsedReading

LOOK_AT = 12  # rows above which a sheet's table of days begins


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


def grouping(tables: Iterable[Sequence[Row]]) -> str:
    """The mark that groups digits in these rows (see `values.thousands_mark`)."""
    return thousands_mark(c for rows in tables for row in rows for c in row if c.__class__ is str and len(c) < 24)


def labels_of(rows: list[Row], row: int) -> list[str]:
    """The labels of a row, compared without what cannot be seen; digits alone are none."""
    found = [normalised(cell) if isinstance(cell, str) else "" for cell in rows[row]]
    return ["" if label.isdigit() else label for label in found]


def day_table(sheet: Sheet) -> int | None:
    """The row of labels above the first day in column A."""
    for row in range(min(LOOK_AT, len(sheet.rows) - 1)):
        labels = labels_of(sheet.rows, row)
        if (
            sum(map(bool, labels)) > 1
            and labels[0]
            and not is_day_like(at(sheet.rows, row, 0))
            and is_day_like(at(sheet.rows, row + 1, 0))
        ):
            return row
    return None


def days_of(sheet: Sheet, head: int) -> list[CellValue]:
    """What stands in the column of days: all but empty rows and totals."""
    return list(each_day(sheet, head))


def each_day(sheet: Sheet, head: int) -> Iterator[CellValue]:
    """The same, one after the other: whoever looks for one that does not fit need not see them all."""
    rows = islice(sheet.rows, head + 1, None)
    return (row[0] for row in rows if row and kind_of(row) is RowKind.DATA and not is_nothing(row[0]))


class Figures:
    """Reads the figures of one file into its list, and keeps what it could not read."""

    def __init__(self, file: ParsedFile, dates: Dates, *, thousands: str = "", today: date | None = None) -> None:
        self.file = file
        self.dates = dates
        self.thousands = thousands
        self.latest = (today or datetime.now(UTC).date()) + ONE_DAY
        self.bounds: tuple[date, date] | None = None

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
            self.refuse(sheet, row, column, str(error))
            return
        if value is None:
            return
        where = f"{sheet.name}!{ONE_LETTER[column]}{row + 1}"
        self.file.readings.append(ParsedReading(post, metric, grain, *period, segment, value, where))

    def day(self, sheet: Sheet, row: int, column: int, *, may_have_time: bool = True) -> date | None:
        """A day that a cell names; None where it names none, which is said unless it is empty."""
        try:
            return self.dates.day(at(sheet.rows, row, column), may_have_time=may_have_time)
        except ValueError as error:
            self.refuse(sheet, row, column, str(error))
            return None

    def day_of_row(self, sheet: Sheet, row: int) -> date | None:
        """The day of a line of daily figures: within the file's own period, and not in the future."""
        cells = sheet.rows[row]
        kind = kind_of(cells)
        if kind is RowKind.TOTAL:
            self.file.leave("row", f"{sheet.name}!{row + 1}", next(c for c in cells if not is_nothing(c)), "total")
        if kind is not RowKind.DATA or not cells:
            return None
        on = self.day(sheet, row, 0, may_have_time=False)
        if on is None:
            if is_nothing(cells[0]):
                self.refuse(sheet, row, 0, "date_missing")
            return None
        if on > self.latest:
            self.refuse(sheet, row, 0, "date_future")
            return None
        if self.bounds and not self.bounds[0] <= on <= self.bounds[1]:
            self.refuse(sheet, row, 0, "day_outside")
            return None
        return on

    def refuse(self, sheet: Sheet, row: int, column: int, code: str) -> None:
        cell = at(sheet.rows, row, column)
        text = cell.date().isoformat() if isinstance(cell, datetime) else str("" if cell is None else cell)
        self.file.refuse(sheet.name, row + 1, ONE_LETTER[column], code, text=text[:40])

    def words(self, sheet: Sheet, row: int, column: int) -> str:
        """Text without control characters (the store cannot hold NUL, readers cannot see the others)."""
        return CONTROL.sub("", text_at(sheet.rows, row, column))


def holds_figures(sheet: Sheet, head: int, column: int) -> bool:
    """Whether a column says anything below its label."""
    return any(not is_nothing(at(sheet.rows, row, column)) for row in range(head + 1, len(sheet.rows)))


def leave_columns(file: ParsedFile, sheet: Sheet, head: int, read: Iterable[int], why: dict[int, str]) -> None:
    """Name every column that says something and is not read."""
    taken = set(read)
    for column, cell in enumerate(sheet.rows[head]):
        if column in taken or str(cell).strip().casefold() in NOTHING or str(cell).strip().isdigit():
            continue
        if holds_figures(sheet, head, column):
            where = f"{sheet.name}!{ONE_LETTER[column]}"
            file.leave("column", where, " ".join(str(cell).split()), why.get(column, "unknown"))
