"""The sheets of a workbook, within the process that reads it (see `child`)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .cells import CellValue, Row, Sheet, Unreadable
from .values import CONTROL

MAX_CELLS = 1_000_000
LONGEST_SHEET_NAME = 40
MOST_KEPT = 20_000  # texts that were looked at


def sheets_of(path: Path) -> list[Sheet]:
    """Every worksheet from its cell A1. Hidden ones are named and not read: people do not know of them."""
    import python_calamine  # noqa: PLC0415 - found only in the process that reads files

    try:
        with path.open("rb") as file:
            # By its content: the name may say anything.
            book = python_calamine.CalamineWorkbook.from_filelike(file)
            sheets = []
            total = 0
            for meta in book.sheets_metadata:
                if meta.typ != python_calamine.SheetTypeEnum.WorkSheet:
                    continue
                sheet = Sheet(CONTROL.sub("", meta.name)[:LONGEST_SHEET_NAME])
                sheets.append(sheet)
                if meta.visible != python_calamine.SheetVisibleEnum.Visible:
                    sheet.is_hidden = True
                    continue
                found = book.get_sheet_by_name(meta.name)
                total += found.total_height * found.total_width
                if total > MAX_CELLS:
                    raise Unreadable("too_many_cells", limit=MAX_CELLS)
                plain: set[str] = set()
                sheet.rows = [_plain(row, plain) for row in found.to_python(skip_empty_area=False)]
    except python_calamine.PasswordError:
        raise Unreadable("encrypted") from None
    except (python_calamine.CalamineError, OSError, ValueError):
        raise Unreadable("damaged") from None
    return sheets


def _plain(row: list[Any], plain: set[str]) -> Row:
    """Characters nobody can see, and NUL, which the database cannot hold, go before anything is compared. `plain`:
    texts that have none; most stand in many rows."""
    for place, cell in enumerate(row):
        if cell.__class__ is str:
            if cell in plain:
                continue
            if CONTROL.search(cell):
                row[place] = CONTROL.sub("", cell)
            elif len(plain) < MOST_KEPT:
                plain.add(cell)
        elif cell.__class__ not in (float, int) and not isinstance(cell, _KNOWN):
            row[place] = str(cell)
    return row


_KNOWN = CellValue.__args__
