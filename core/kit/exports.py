"""The only writer of tables that people download: CSV and Excel, without anything a spreadsheet would run.

Numbers stay numbers and dates stay dates. A text that a spreadsheet could take for a formula gets an apostrophe in
front in CSV; in Excel it is a text cell with the mark that the apostrophe means there, and its value stays as it is.
A spreadsheet that splits lines at another sign than the file was written with finds cells within a text, and quotation
marks keep nothing together there: what would be a formula then gets its apostrophe too.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from core.kit import cldr
from core.kit.characters import visible
from core.kit.downloads import as_file

FORMULA = re.compile(r"[\s\x00-\x1f\ufeff\u200b]*[=+\-@|%＝＋－＠｜％]|[\t\r\n]")
ELSEWHERE = re.compile(r"([,;\t\r\n\v\f\x85\u2028\u2029])")  # where another spreadsheet begins a cell, or a line
# There "=" runs with whatever follows, the other signs with a call or a command: "see, @Anna" stays as it is.
RUNS = re.compile(r"[\s\"'\x00-\x1f\ufeff\u200b]*(?:[=＝]|[+\-@|%＋－＠｜％].*\w\s*[(|])")
BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"  # without it Excel takes UTF-8 for Windows-1252
LONGEST_CELL = 32_767  # characters that Excel takes
LONGEST_SHEET_NAME = 31
FORMATS = ("csv", "xlsx")


@dataclass(frozen=True)
class Table:
    """`name` becomes the file's and the sheet's."""

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[Any]]


def download(table: Table, kind: str | None = "csv", *more: Table, name: str = "", delimiter: str = "") -> HttpResponse:
    """The table as a file: `xlsx`, with `more` as further sheets, or CSV for whatever else an address asks for.

    `name` is the file's where it differs from the table's.
    """
    if kind == "xlsx":
        content = as_xlsx(table, *more)
        content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    else:
        kind, content, content_type = "csv", as_csv(table, delimiter=delimiter).encode(), "text/csv; charset=utf-8"
    response = HttpResponse(content, content_type=content_type)
    return as_file(response, f"{name or table.name}.{kind}")


def as_csv(table: Table, *, mark: bool = True, delimiter: str = "") -> str:
    """With semicolons and decimal commas for German spreadsheets: a double click opens it right. `mark` is the byte
    order mark, which spreadsheets want and programs stumble over."""
    text = io.StringIO()
    usual = ";" if cldr.decimal_mark() == "," else ","
    writer = csv.writer(text, delimiter=delimiter or usual, lineterminator="\r\n")
    writer.writerow([safe(cell) for cell in table.header])
    writer.writerows([safe(cell) for cell in row] for row in table.rows)
    return (BYTE_ORDER_MARK if mark else "") + text.getvalue()


def as_xlsx(*tables: Table) -> bytes:
    """A workbook with a sheet for each table."""
    from xlsxwriter import Workbook

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(stream, options) as book:
        head, quoted = book.add_format({"bold": True}), book.add_format({"quote_prefix": True})
        days = book.add_format({"num_format": "yyyy-mm-dd"})
        moments = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        for table, name in zip(tables, sheet_names(tables), strict=True):
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            for column, title in enumerate(table.header):
                sheet.write_string(0, column, str(title), head)
                sheet.set_column(column, column, max(10, min(40, len(str(title)) + 4)))
            for line, row in enumerate(table.rows, start=1):
                for column, cell in enumerate(row):
                    if cell is None or cell == "":
                        continue
                    if isinstance(cell, datetime):
                        local = timezone.localtime(cell) if timezone.is_aware(cell) else cell
                        sheet.write_datetime(line, column, local.replace(tzinfo=None), moments)
                    elif isinstance(cell, date):
                        sheet.write_datetime(line, column, datetime(cell.year, cell.month, cell.day), days)
                    elif isinstance(cell, int | float | Decimal) and not isinstance(cell, bool) and isfinite(cell):
                        sheet.write_number(line, column, cell)
                    else:
                        text = str(cell)[:LONGEST_CELL]
                        sheet.write_string(line, column, text, quoted if FORMULA.match(text) else None)
    return stream.getvalue()


def sheet_names(tables: Iterable[Table]) -> list[str]:
    """What a workbook takes as names: without some signs, short, and no two alike."""
    names: dict[str, str] = {}
    for table in tables:
        wanted = " ".join(re.sub(r"[\[\]:*?/\\']", " ", visible(table.name)).split())[:LONGEST_SHEET_NAME]
        name, number = wanted, len(names)
        while not name or name.casefold() in names:
            number += 1
            name = f"{wanted[: LONGEST_SHEET_NAME - 5]} {number}".strip()
        names[name.casefold()] = name
    return list(names.values())


def safe(value: Any) -> str:
    """A cell of a CSV file: a number in the reader's writing, or a text that no spreadsheet runs."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(" ", "minutes")[:16] if timezone.is_aware(value) else str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        text = f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)
        return text.replace(".", cldr.decimal_mark())
    text = str(value).replace("\x00", "")
    first, *rest = ELSEWHERE.split(text)
    mended = first + "".join(f"'{part}" if RUNS.match(part) else part for part in rest)
    return f"'{mended}" if FORMULA.match(text) else mended
