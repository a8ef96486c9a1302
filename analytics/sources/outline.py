"""The beginning of a table nobody knows, small enough to be shown: a person says which column is what."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from core.sheets.cells import CellValue, Unreadable
from core.sheets.find import LOOK_AT
from core.sheets.text_file import SEPARATOR, encoding_of
from core.sheets.values import CONTROL

from . import guessing
from .readings_table import plain
from .refused_rows import as_uploaded, book_as_uploaded

LONGEST_TEXT = 16_000
#: A file that is larger has more rows than are looked at, or so much text that nobody should be sure.
LEAST = 1_500
LONGEST_CELL = 120
MOST_COLUMNS = 40
MOST_SHEETS = 8
#: Encodings of one byte a letter: none of them can be proven, so their words are shown.
OLD = ("cp1252", "cp1250", "mac_roman")


def read(path: str, kind: str, name: str, into: str, from_1904: bool = False) -> dict[str, Any]:
    """Texts by encoding, or the first rows of each sheet."""
    try:
        if kind == "csv":
            told = as_uploaded(Path(path))
            return {"texts": texts(told), "sheets": [], "more": told.stat().st_size > LEAST}
        shown = [sheet for sheet in book_as_uploaded(Path(path)) if sheet.rows and not sheet.is_hidden]
    except Unreadable as error:
        return {"refused": error.code, "params": error.params}
    rows = [[each.name, [_short(row) for row in each.rows[:LOOK_AT]]] for each in shown[:MOST_SHEETS]]
    more = any(len(each.rows) > LOOK_AT for each in shown)
    return {"texts": {}, "sheets": rows, "more": more}


def texts(path: Path) -> dict[str, str]:
    found, sample = encoding_of(path)
    told: dict[str, str] = {}
    for encoding in OLD if sample else (found,):
        with path.open(encoding=encoding, errors="replace", newline="") as file:
            told[encoding] = CONTROL.sub("", file.read(LONGEST_TEXT))
    return told


def _short(row: list[CellValue]) -> list[str]:
    """As the reading of the whole sheet will see it: a day as 2026-10-03, a whole number without its .0."""
    days = {place for place, cell in enumerate(row) if hasattr(cell, "isoformat")}
    told = [plain([cell], 0 if place in days else -1)[0] for place, cell in enumerate(row[:MOST_COLUMNS])]
    return [cell[:LONGEST_CELL] for cell in told]


def rows_of(outline: dict[str, Any], *, encoding: str, delimiter: str, sheet: str) -> list[list[str]]:
    """The first rows, read as somebody said."""
    if outline["sheets"]:
        return next((rows for name, rows in outline["sheets"] if name == sheet), outline["sheets"][0][1])
    text = outline["texts"].get(encoding) or next(iter(outline["texts"].values()))
    first, _, rest = text.partition("\n")
    found = guessing.records(rest if SEPARATOR.match(first.strip()) else text, delimiter)
    if len(text) >= LONGEST_TEXT and len(found) < LOOK_AT:
        found = found[:-1]  # cut off in the middle
    return [[cell[:LONGEST_CELL] for cell in row[:MOST_COLUMNS]] for row in found]
