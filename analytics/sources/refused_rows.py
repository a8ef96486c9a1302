"""The rows that were refused, as they stand in the file, to be put right and sent again; and such a file coming back.

What comes back has three more columns at its end (what is wrong): they are taken off before anything is read.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from core.sheets.book import sheets_of
from core.sheets.cells import CellValue, Sheet, Unreadable
from core.sheets.find import LOOK_AT, Head
from core.sheets.text_file import DELIMITERS, LONGEST_FIELD, TextTable, encoding_of
from core.sheets.values import normalised

from .handover import ParsedFile, RefusedCell

#: What the three columns are called; a test holds them against the catalogues.
NOTES = (
    ("refused: column", "refused: value", "refused: reason"),
    ("abgelehnt: Spalte", "abgelehnt: Wert", "abgelehnt: Grund"),
)
LABELS = frozenset(tuple(normalised(label) for label in labels) for labels in NOTES)
#: A text that a spreadsheet would run has an apostrophe in front in our CSV files.
MARKED = re.compile(r"'[\s\ufeff]*[=+\-@|%＝＋－＠｜％]")
#: A larger workbook comes back as its refused rows alone.
WHOLE_BOOK = 200_000
AnyCell = TypeVar("AnyCell")


def write_refused(file: ParsedFile, path: Path, kind: str, target: Path, sheets: Sequence[Sheet] = ()) -> None:
    """The refused rows and their heads, for the page that hands them back."""
    if not file.refused:
        return
    parts = _of_text(file, path) if kind == "csv" else _of_book(file, sheets)
    told = {"delimiter": file.delimiter or ",", "sheets": parts, "count": len(file.refused)}
    target.write_text(json.dumps(told, default=_plain), encoding="ascii")


def _of_text(file: ParsedFile, path: Path) -> list[dict[str, Any]]:
    """A second pass: until the end nobody knew what would be refused."""
    wrong = _by_row(file.refused)
    table = TextTable.told(path, file.encoding, file.delimiter, Head(-1, {}, [], data_from=0))
    head: list[list[str]] = []
    rows: list[list[Any]] = []
    for number, (line, cells) in enumerate(table.records()):
        if number < file.data_from:
            head.append(cells)
        elif found := wrong.get(("", line)):
            rows.append([cells, found])
    return [{"name": "", "head": head, "rows": rows}]


def _of_book(file: ParsedFile, sheets: Sequence[Sheet]) -> list[dict[str, Any]]:
    """The sheets of LinkedIn's exports hang together: such a file comes back whole."""
    wrong = _by_row(file.refused)
    is_whole = not file.data_from and sum(len(row) for sheet in sheets for row in sheet.rows) <= WHOLE_BOOK
    named = {sheet for sheet, _ in wrong}
    told = []
    for sheet in sheets:
        if not is_whole and sheet.name not in named:
            continue
        data_from = file.data_from or 1
        told.append(
            {
                "name": sheet.name,
                "head": sheet.rows[:data_from],
                "rows": [
                    [cells, found]
                    for number, cells in enumerate(sheet.rows[data_from:], start=data_from + 1)
                    if (found := wrong.get((sheet.name, number), [])) or is_whole
                ],
            }
        )
    return told


def _by_row(refused: Iterable[RefusedCell]) -> dict[tuple[str, int], list[list[Any]]]:
    found: dict[tuple[str, int], list[list[Any]]] = {}
    for cell in refused:
        found.setdefault((cell.sheet, cell.row), []).append([cell.column, cell.code, cell.params])
    return found


def _plain(cell: object) -> str:
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def as_uploaded(path: Path) -> Path:
    """The text file without our three columns, where it has them; its lines keep their numbers."""
    with path.open("rb") as file:
        if b":" not in file.read(LONGEST_FIELD):  # our labels have one, and stand at the beginning
            return path
    try:
        found = _notes_in_text(path)
    except (Unreadable, UnicodeDecodeError, csv.Error):
        return path  # whoever reads it says what is wrong
    if found is None:
        return path
    encoding, delimiter, place = found
    cleaned = path.with_name("as_uploaded.csv")
    with path.open(encoding=encoding, newline="") as source, cleaned.open("w", encoding="utf-8", newline="") as target:
        try:
            for record in csv.reader(source, delimiter=delimiter, strict=True):
                target.write(delimiter.join(map(_unmarked, without(record, place))) + "\n")
        except (csv.Error, UnicodeDecodeError):
            return path
    return cleaned


def _notes_in_text(path: Path) -> tuple[str, str, int] | None:
    encoding, _ = encoding_of(path)
    csv.field_size_limit(LONGEST_FIELD)
    for delimiter in DELIMITERS:
        with path.open(encoding=encoding, newline="") as file:
            place = place_of_notes(islice(csv.reader(file, delimiter=delimiter), LOOK_AT))
        if place is not None:
            return encoding, delimiter, place
    return None


def book_as_uploaded(path: Path) -> list[Sheet]:
    """The sheets of a workbook without our three columns."""
    sheets = sheets_of(path)
    for sheet in sheets:
        place = place_of_notes(sheet.rows[:LOOK_AT])
        if place is not None:
            sheet.rows = [without(row, place) for row in sheet.rows]
    return sheets


def place_of_notes(rows: Iterable[Sequence[CellValue]]) -> int | None:
    """Where our three columns begin."""
    for row in rows:
        labels = [normalised(cell) if isinstance(cell, str) else "" for cell in row]
        for place in range(len(labels) - 2):
            if tuple(labels[place : place + 3]) in LABELS:
                return place
    return None


def without(row: list[AnyCell], place: int) -> list[AnyCell]:
    return row[:place] + row[place + 3 :]


def _unmarked(cell: str) -> str:
    plain = cell[1:] if MARKED.match(cell) else cell
    return '"' + plain.replace('"', '""') + '"' if plain else ""
