"""What the process that reads files does with a list of people. It has no Django."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import astuple
from pathlib import Path
from typing import Any

from core.sheets.book import sheets_of
from core.sheets.cells import Row, Sheet, Unreadable
from core.sheets.find import Head, head_of, nearest_head
from core.sheets.text_file import TextTable
from programs.generations import roster_lines, roster_table
from programs.generations.roster_entries import MOST_LINES, Entry
from programs.generations.roster_words import column

REQUIRED = ("email",)


def read(path: str, kind: str, name: str, into: str, from_1904: bool = False) -> dict[str, Any]:
    """Every person of the list, and how the file was written."""
    del name, into, from_1904
    try:
        encoding, sample = "utf-8", ""
        if kind == "csv":
            table = TextTable(Path(path), column, REQUIRED, one_line=REQUIRED)
            encoding, sample = table.encoding, table.sample
            people = _of_text(table)
        else:
            people = _of_book([sheet for sheet in sheets_of(Path(path)) if not sheet.is_hidden])
        entries = []
        for entry in people:
            entries.append(astuple(entry))
            if len(entries) > MOST_LINES:
                raise Unreadable("too_many", most=MOST_LINES)
        if not entries:
            raise Unreadable("empty")
    except Unreadable as error:
        return {"refused": error.code, "params": error.params}
    return {"entries": entries, "encoding": encoding, "sample": sample}


def _of_text(table: TextTable) -> Iterator[Entry]:
    if table.head is None:
        _refuse_other_table(table.nearest, table.first_rows)
        return (entry for line, text in table.lines() for entry in roster_lines.people_in(line, text))
    columns = roster_table.columns_of(table.head, table.first_rows[table.head.data_from :])
    return roster_table.people_in(table.head, table.records(), columns)


def _of_book(sheets: list[Sheet]) -> Iterator[Entry]:
    """The first sheet with a heading for the address; else every line of the first sheet that holds one."""
    for sheet in sheets:
        if head := head_of(sheet.rows, column, REQUIRED):
            rows = list(enumerate(sheet.rows, start=1))[head.data_from :]
            return roster_table.people_in(head, rows, roster_table.columns_of(head, [row for _, row in rows]))
    filled = [sheet for sheet in sheets if sheet.rows]
    if not filled:
        raise Unreadable("empty")
    _refuse_other_table(nearest_head(filled[0].rows, column), filled[0].rows)
    return _of_cells(filled[0].rows)


def _of_cells(rows: Iterable[Row]) -> Iterator[Entry]:
    for line, row in enumerate(rows, start=1):
        yield from roster_lines.people_in(line, "\t".join(str(cell) for cell in row if cell not in ("", None)))


def _refuse_other_table(nearest: Head | None, rows: Iterable[Iterable[object]]) -> None:
    """Headings without one for the address: say which one is missing. Where addresses stand above, it is no table."""
    if nearest is None or sum(map(bool, nearest.labels)) < 2:
        return
    above = [row for number, row in enumerate(rows) if number <= nearest.row]
    if not any("@" in str(cell) for row in above for cell in row):
        found = " · ".join(label[:40] for label in nearest.written[:12] if label)
        raise Unreadable("columns", found=found)
