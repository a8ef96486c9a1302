"""Our own table of figures: long (date, account?, post_url?, metric, value, segment?), or wide (one column a figure).

From CSV it streams: rows and posts are written to tab-separated files that PostgreSQL's COPY reads as they are
(`rows`); memory stays small, and a million rows take a few seconds. From a workbook it is the same table in cells.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from core.sheets.cells import ONE_LETTER, CellValue, Sheet, Unreadable
from core.sheets.days import Dates, day_from_text
from core.sheets.find import LOOK_AT, Head, head_of
from core.sheets.text_file import TextTable
from core.sheets.values import GROUPED, ZERO_FRACTION, is_nothing

from .handover import ParsedFile
from .networks import refuse_others
from .rows import escaped
from .table_lines import CopyLine, Lines, Where, WideLines
from .table_words import REQUIRED, column, wide_column

KIND = "readings_table"
BATCH = 5_000
WHOLE_BELOW = 1e15  # a larger number of a sheet is no longer exact
SLASHED = re.compile(r"\d{1,4}/\d{1,2}/\d{2,4}|\d{1,2}-\d{1,2}-\d{2,4}")
DOTTED = re.compile(r"\d{1,2}\.\s?\d{1,2}\.\s?\d{2,4}")
Record = tuple[Where, list[str]]  # where it stands, and its cells


def read_text(path: Path, rows: Path, posts: Path, *, today: date | None = None) -> ParsedFile:
    """Read a text file into the rows file and the posts file, and say what was found."""
    table = TextTable(path, column, REQUIRED)
    is_long = table.head is not None
    if not is_long:
        wide = TextTable(path, wide_column, ("date",))
        table = wide if wide.head and figures_of(wide.head) else table
    refuse_others(table.first_rows)
    head = table.head or refuse_head(table.nearest)
    file = ParsedFile(KIND, format_version="long" if is_long else "wide")
    file.encoding, file.delimiter = table.encoding, table.delimiter
    file.locale = "de" if "datum" in head.labels or "kennzahl" in head.labels else "en"
    if table.sample:
        file.remark("encoding_guessed", text=table.sample)
    order = order_of(cells[head.places["date"]] for _, cells in table.records() if len(cells) > head.places["date"])
    grouping = dotted_thousands(file, head, (cells for _, cells in table.records()))
    beginning = table.first_rows[head.data_from :]
    return write(
        file, head, table.records(), Dates(order), rows, posts, beginning=beginning, today=today, grouping=grouping
    )


def read_sheets(sheets: list[Sheet], rows: Path, posts: Path, *, today: date | None = None) -> ParsedFile | None:
    """The same table in a workbook; None where no sheet holds one."""
    for sheet in sheets:
        for known, required in ((column, REQUIRED), (wide_column, ("date",))):
            head = head_of(sheet.rows, known, required)
            if head is None or (known is wide_column and not figures_of(head)):
                continue
            file = ParsedFile(KIND, format_version="long" if known is column else "wide")
            for other in sheets:
                if other is not sheet and other.rows:
                    file.leave("sheet", other.name, other.name, "unknown")
            records: list[Record] = [
                (f"{sheet.name}!{number + 1}", plain(cells, head.places["date"]))
                for number, cells in enumerate(sheet.rows)
                if number >= head.data_from
            ]
            place = head.places["date"]
            order = order_of(cells[place] for _, cells in records if len(cells) > place)
            grouping = dotted_thousands(file, head, (cells for _, cells in records))
            beginning = [cells for _, cells in records[:LOOK_AT]]
            return write(
                file, head, records, Dates(order), rows, posts, beginning=beginning, today=today, grouping=grouping
            )
    return None


def figures_of(head: Head) -> dict[int, str]:
    """The columns of a wide table that hold figures."""
    return {place: name for name, place in head.places.items() if ":" in name}


def refuse_head(nearest: Head | None) -> Head:
    """No table of ours: say what is missing, or that nothing is known."""
    labels = nearest.labels if nearest else []
    found = ", ".join(label for label in labels if label)[:200] or "–"
    missing = [name for name in REQUIRED if not nearest or name not in nearest.places]
    if len(missing) == len(REQUIRED):
        raise Unreadable("table_unknown", found=found)
    raise Unreadable("columns", missing=", ".join(missing), found=found)


def plain(cells: list[CellValue], at_day: int) -> list[str]:
    """Cells of a workbook as a text file would say them."""
    found = [cell if cell.__class__ is str else _number_said(cell) for cell in cells]
    if at_day < len(cells) and (day := cells[at_day]) is not None and day.__class__ is not str:
        found[at_day] = _day_said(day) or found[at_day]
    return found


def _number_said(cell: CellValue) -> str:
    if cell is None:
        return ""
    if cell.__class__ is float and cell.is_integer() and -WHOLE_BELOW < cell < WHOLE_BELOW:
        return str(int(cell))
    return str(cell)


@lru_cache(maxsize=4096, typed=True)
def _day_said(cell: CellValue) -> str:
    """Nothing where it is none."""
    try:
        return str(Dates().day(cell))
    except ValueError:
        return ""


def order_of(days: Iterable[str], *, look_at: int = 5_000) -> str:
    """Month first or day first, where dates are written with slashes; refused when both stay possible."""
    possible = {"mdy", "dmy"}
    slashed = ""
    for number, text in enumerate(days):
        if number >= look_at:
            break
        text = text.strip()
        if not SLASHED.match(text):
            continue
        slashed = text
        for order in tuple(possible):
            try:
                day_from_text(text, order, True)
            except ValueError:
                if len(possible) > 1:
                    possible.discard(order)
    if slashed and len(possible) > 1 and not slashed[:4].isdigit():
        raise Unreadable("date_order", example=slashed[:20])
    return sorted(possible, reverse=True)[0]


def dotted_thousands(file: ParsedFile, head: Head, records: Iterable[list[str]], *, look_at: int = 5_000) -> str:
    """The point, where days are written like 2.11.2026 and no figure has decimals behind one: then 1.234 is a thousand
    and more, since a count has no decimals. Said in the preview."""
    at_day, sample = head.places["date"], ""
    figures = [place for name, place in head.places.items() if name == "value" or ":" in name]
    for cells in islice(records, look_at):
        if len(cells) <= at_day or not DOTTED.fullmatch(cells[at_day].strip()):
            if len(cells) > at_day and any(letter.isdigit() for letter in cells[at_day]):
                return ""
            continue
        for text in (cells[place].strip() for place in figures if place < len(cells)):
            if "." not in text:
                continue
            whole = ZERO_FRACTION.fullmatch(text)  # 1.234,00
            if not GROUPED.fullmatch(text) and not (whole and whole[3] == ","):
                return ""
            sample = sample or text
    if sample:
        file.remark("thousands_guessed", text=sample)
    return "." if sample else ""


def write(
    file: ParsedFile,
    head: Head,
    records: Iterable[Record],
    dates: Dates,
    rows: Path,
    posts: Path,
    *,
    beginning: list[list[str]],
    today: date | None,
    grouping: str,
) -> ParsedFile:
    if head.doubled:
        raise Unreadable("columns_double", name=head.doubled)
    file.data_from = head.data_from
    name_columns(file, head, beginning)
    digest = hashlib.sha256()
    batch: list[CopyLine] = []
    latest = (today or datetime.now(UTC).date()) + timedelta(days=1)
    with rows.open("w", encoding="utf-8", newline="") as target, posts.open("w", encoding="utf-8", newline="") as named:
        make = WideLines if figures_of(head) else Lines
        lines = make(file, head, dates, latest, named)
        lines.thousands = grouping
        for item in lines.of(records):
            batch.append(item)
            if len(batch) == BATCH:
                file.rows_written += flush(batch, target, digest)
        file.rows_written += flush(batch, target, digest)
    if not file.rows_written and not file.refused_count:
        raise Unreadable("empty")
    file.posts_written = len(lines.places)
    file.totals = lines.totals()
    if lines.first <= lines.last:
        file.window_start, file.window_end = lines.first, lines.last
    for scheme, number in lines.places:
        digest.update(f"{scheme}\t{number}\n".encode())
    digest.update("\t".join(file.accounts).encode())
    file.content_fingerprint = digest.hexdigest()
    return file


def name_columns(file: ParsedFile, head: Head, beginning: list[list[str]]) -> None:
    """Columns nobody knows are named. In a wide table, unknown numbers say that it is somebody else's table."""
    is_wide = bool(figures_of(head))
    unknown = []
    for place, label in head.unknown.items():
        cells = [row[place] for row in beginning if place < len(row) and not is_nothing(row[place])]
        if is_wide and any(any(c.isdigit() for c in cell) and not any(c.isalpha() for c in cell) for cell in cells):
            unknown.append(label)
        elif cells:
            file.leave("column", ONE_LETTER[place], label, "unknown")
    if unknown:
        raise Unreadable("wide_unknown", columns=", ".join(unknown)[:200])


def flush(batch: list[CopyLine], target: TextIO, digest: Any) -> int:
    digest.update("\n".join([rest for _, rest in batch]).encode())
    target.write("".join([f"{rest}\t{where if isinstance(where, int) else escaped(where)}\n" for where, rest in batch]))
    count = len(batch)
    batch.clear()
    return count
