"""Who they are: sheets of names with a share or a number. They are understood, and not stored yet."""

from __future__ import annotations

from core.sheets.cells import Sheet, at, text_at
from core.sheets.values import share

from .handover import ParsedDemographic, ParsedFile


def is_shares(sheet: Sheet) -> bool:
    """Category, value, share: a header of three texts, then lines that end in a share."""
    try:
        return bool(text_at(sheet.rows, 0, 2)) and len(sheet.rows) > 1 and share(at(sheet.rows, 1, 2))[0] is not None
    except ValueError:
        return False


def read_shares(sheet: Sheet, file: ParsedFile, *, scope: str, first: int = 1, post: int | None = None) -> None:
    for row in range(first, len(sheet.rows)):
        dimension, value = text_at(sheet.rows, row, 0), text_at(sheet.rows, row, 1)
        if not dimension or not value:
            continue
        file.rows_seen += 1
        try:
            part, qualifier = share(at(sheet.rows, row, 2))
        except ValueError as error:
            file.refuse(sheet.name, row + 1, "C", str(error), text=str(at(sheet.rows, row, 2))[:40])
            continue
        file.demographics.append(ParsedDemographic(scope, dimension, value, part, qualifier, None, post))
