"""What the cells of a table prove about how it is written. What they do not prove is None, and is asked."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from core.sheets.cells import CellValue
from core.sheets.days import MONTHS, ORDERS, day_from_text, is_day_like
from core.sheets.find import LOOK_AT
from core.sheets.text_file import DELIMITERS, LONGEST_FIELD
from core.sheets.values import GROUPED, SPACES, is_nothing, normalised

from .mapping import OTHER

NUMBER = re.compile(rf"[-−+]?[0-9][0-9.,'’]*(?:{SPACES}[0-9]{{3}})*(?:[.,][0-9]+)?")
ENDS = re.compile(r"([.,])([0-9]+)$")
SEVERAL = re.compile(r"([.,])[0-9]{3}\1")
#: Figures of social media from before are a sign that the year was taken for the day.
OLDEST = 2005
#: Written so that nobody can take the day for the month; the rest of the column will be written like this too.
CERTAIN = re.compile(r"[0-9]{4}|[0-9]{1,2}\.|.*[^\W\d_]{3}")
ENOUGH = 0.8
LONGEST = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
WITHOUT_YEAR = re.compile(
    r"(?:(?P<first>[^\W\d_]{3,10})\.? (?P<after>[0-9]{1,2})|(?P<day>[0-9]{1,2})\.? (?P<month>[^\W\d_]{3,10})\.?)"
)


def records(text: str, delimiter: str, *, most: int = LOOK_AT) -> list[list[str]]:
    """The first records of a piece of text; leniently, since its end may be cut off."""
    csv.field_size_limit(LONGEST_FIELD)
    found: list[list[str]] = []
    try:
        for row in csv.reader(text.splitlines(keepends=True), delimiter=delimiter):
            found.append(row)
            if len(found) == most:
                break
    except csv.Error:
        pass
    return found


def is_number(cell: CellValue) -> bool:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return True
    return isinstance(cell, str) and NUMBER.fullmatch(cell.strip()) is not None


def width(row: Sequence[CellValue]) -> int:
    return max((place + 1 for place, cell in enumerate(row) if cell is not None and str(cell).strip()), default=0)


def is_label(cell: CellValue) -> bool:
    return isinstance(cell, str) and any(map(str.isalpha, cell)) and not is_number(cell) and not is_day_like(cell)


def head_row(rows: Sequence[Sequence[CellValue]]) -> int | None:
    """The first row of labels below which most rows are as wide; None where no row is one."""
    for number, row in enumerate(rows):
        said = [cell for cell in row if cell is not None and str(cell).strip()]
        if len(said) < 2 or not all(map(is_label, said)) or len({normalised(c) for c in said}) < len(said):
            continue
        below = [width(each) for each in rows[number + 1 :] if width(each)]
        fits = bool(below) and sum(1 < each <= len(row) for each in below) >= ENOUGH * len(below)
        if fits and any(is_number(cell) or is_day_like(cell) for each in rows[number + 1 :] for cell in each):
            return number
    return None


def delimiter(text: str) -> str | None:
    """What separates the cells, where only one mark makes a table with a head."""
    fits = [mark for mark in DELIMITERS if head_row(records(text, mark)) is not None]
    return fits[0] if len(fits) == 1 else None


def decimal(cells: Iterable[CellValue], *, is_all: bool = True) -> str | None:
    """The mark before decimals: proven by a cell, or free where no cell has a mark; None is asked.

    1.234 proves nothing; 12,5 and 1.234.567 and 1,234.5 do. What contradicts itself is asked too,
    and so is what the beginning of a longer file does not tell.
    """
    possible, matters = {".", ","}, False
    for cell in cells:
        text = cell.strip() if isinstance(cell, str) else ""
        if not is_number(text) or not (match := ENDS.search(text)):
            continue
        mark, matters = match[1], True
        if SEVERAL.search(text):
            possible.discard(mark)
        elif OTHER[mark] in text or not GROUPED.fullmatch(text):
            possible.discard(OTHER[mark])
    if len(possible) == 1:
        return possible.pop()
    return None if matters or not is_all else "."


def order(cells: Iterable[CellValue], *, today: date, is_all: bool = True) -> str | None:
    """Whether the day or the month comes first, where the cells prove it or where it makes no difference."""
    possible, differs, certain = set(ORDERS), False, is_all
    for cell in cells:
        if not isinstance(cell, str) or is_nothing(cell):
            continue
        certain = certain or CERTAIN.match(cell.strip()) is not None
        read = {each: day(cell.strip(), each, today) for each in ORDERS}
        if read["dmy"] == read["mdy"]:
            continue
        differs = True
        possible -= {each for each, day in read.items() if day is None}
    if len(possible) == 1:
        return possible.pop()
    return None if differs or not possible or not certain else "dmy"


def day(text: str, order: str, today: date | None = None) -> date | None:
    """The day a text says in this order; None where it says none that figures can come from."""
    last = (today or datetime.now(UTC).date()).year + 1
    try:
        found = day_from_text(text, order, True)
    except ValueError:
        return None
    return found if OLDEST <= found.year <= last else None


def with_years(days: Sequence[str], *, today: date | None = None) -> list[str] | None:
    """Days that follow each other, "August 31", as 2026-08-31: the last is not in the future; None where one is not."""
    found: list[tuple[int, int]] = []
    for text in days:
        match = WITHOUT_YEAR.fullmatch(" ".join(text.split()))
        month = MONTHS.get((match["first"] or match["month"]).casefold()) if match else None
        if match is None or month is None or not 1 <= (day := int(match["after"] or match["day"])) <= LONGEST[month]:
            return None
        found.append((month, day))
    if not found:
        return None
    # Counted round the year: from 31 December to 1 January is one day on.
    on = [((other[0] - one[0]) * 31 + other[1] - one[1]) % 372 < 186 for one, other in pairwise(found)]
    rising = sum(on) * 2 >= len(on)
    series = found if rising else found[::-1]
    limit = (today or datetime.now(UTC).date()) + timedelta(days=1)
    year = limit.year - (series[-1] > (limit.month, limit.day))
    told: list[str] = []
    later = series[-1]
    for month, day in reversed(series):
        year -= (month, day) > later
        later = month, day
        told.append(f"{year}-{month:02}-{day:02}")
    return told[::-1] if rising else told
