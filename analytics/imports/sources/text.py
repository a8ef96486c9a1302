"""Numbers, percents and dates as people's programs write them; ambiguous ones are decided once per file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from .base import CellValue, Unreadable

INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
NOTHING = frozenset({"", "-", "--", "–", "n/a", "undefined"})
SPACES = "[\u0020\u00a0\u202f\u2009]"
WHOLE = re.compile(r"[-−+]?[0-9]+")
GROUPED = re.compile(rf"[-−+]?[0-9]{{1,3}}(?:([.,'’]|{SPACES})[0-9]{{3}})(?:\1[0-9]{{3}})*")
DECIMAL_TEXT = re.compile(r"[-−+]?[0-9.,'’]*[0-9][.,][0-9]+")
PERCENT = re.compile(r"([0-9]{1,3}(?:[.,][0-9]+)?)\s?%")
LESS_THAN = re.compile(r"(?:<|[^\W\d]+(?: [^\W\d]+)?) ?([0-9]{1,2}) ?%")
NUMERIC_DATE = re.compile(r"([0-9]{1,4})([./-])([0-9]{1,2})\2([0-9]{2,4})")
NAMED_DATE = re.compile(
    r"(?:[A-Za-z]{3}, )?(?:([A-Za-z]{3})[a-z]* ([0-9]{1,2}), |([0-9]{1,2}) ([A-Za-z]{3})[a-z]* )([0-9]{4})"
)
MONTHS = {
    m: i
    for i, m in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1)
}
EXCEL_EPOCH = date(1899, 12, 30)
LARGEST = 10**15
LONGEST = 24
YEARS = range(2000, 2101)
#: Orders in which day, month and year are written.
ORDERS = ("mdy", "dmy")


def normalised(label: CellValue) -> str:
    """A label as it is compared: one kind of space, no invisible characters, no capitals."""
    text = unicodedata.normalize("NFKC", str(label or "")).translate(INVISIBLE)
    return " ".join(text.split()).casefold()


def is_nothing(cell: CellValue) -> bool:
    """Left empty, or marked as not available: unknown, which is not zero."""
    return cell is None or (isinstance(cell, str) and cell.strip().casefold() in NOTHING)


def count(cell: CellValue, *, thousands: str = "") -> int | None:
    """A whole number, None when unknown.  Raises ValueError with the code of what is wrong."""
    if isinstance(cell, bool | dict):
        raise ValueError("number_unreadable")
    if isinstance(cell, int):
        number = cell
    elif isinstance(cell, float):
        # True numbers in a sheet never pass through the reading of text.
        if cell != cell or cell in (float("inf"), float("-inf")):
            raise ValueError("number_unreadable")
        if cell != int(cell):
            raise ValueError("number_not_whole")
        number = int(cell)
    elif is_nothing(cell):
        return None
    else:
        number = count_from_text(str(cell).strip(), thousands=thousands)
    if abs(number) >= LARGEST:
        raise ValueError("number_too_large")
    return number


def count_from_text(text: str, *, thousands: str) -> int:
    """Text such as "5,537"; `thousands` names the marks that may group digits in this file."""
    if len(text) > LONGEST:
        # Longer texts are no figures; Python also refuses to make numbers of very long ones.
        raise ValueError("number_too_large" if WHOLE.fullmatch(text) else "number_unreadable")
    if WHOLE.fullmatch(text):
        return int(text.replace("−", "-"))
    if match := GROUPED.fullmatch(text):
        mark = match[1]
        # Two groups cannot be a decimal; spaces and apostrophes never are one.
        certain = mark not in ".," or text.count(mark) > 1
        if certain or mark in thousands:
            return int(re.sub(r"[^0-9-]", "", text.replace("−", "-")))
        raise ValueError("number_not_whole" if thousands else "number_ambiguous")
    if text.endswith("%"):
        raise ValueError("number_percent")
    raise ValueError("number_not_whole" if DECIMAL_TEXT.fullmatch(text) else "number_unreadable")


def thousands_mark(texts: Sequence[str]) -> str:
    """Which mark groups digits in a file of whole numbers; both in one file is a contradiction."""
    marks = {m[1] for t in texts if (m := GROUPED.fullmatch(t.strip())) and m[1] in ".,"}
    if len(marks) > 1:
        raise Unreadable("number_mixed")
    return "".join(marks)


def share(cell: CellValue) -> tuple[Decimal | None, str]:
    """A share and how it is meant: 0.02 "=" or, for "< 1 %", its upper bound 0.01 with "<"."""
    if isinstance(cell, int | float) and not isinstance(cell, bool) and 0 <= cell <= 1:
        return Decimal(str(round(cell, 6))), "="
    if isinstance(cell, str):
        text = " ".join(cell.split())
        if match := PERCENT.fullmatch(text):
            value = Decimal(match[1].replace(",", ".")) / 100
            if value <= 1:
                return value, "="
        elif match := LESS_THAN.fullmatch(text):
            return Decimal(match[1]) / 100, "<"
    if is_nothing(cell):
        return None, "="
    raise ValueError("share_unreadable")


def day(cell: CellValue, order: str) -> date | None:
    """A day, None when empty.  Raises ValueError with the code of what is wrong."""
    if isinstance(cell, dict):
        return plausible(*map(int, cell["date"][:10].split("-")))
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if 36_526 <= cell < 73_416:  # 2000 to 2100
            return EXCEL_EPOCH + timedelta(days=int(cell))
        raise ValueError("date_unreadable")
    if is_nothing(cell):
        return None
    return day_from_text(str(cell).strip(), order)


@lru_cache(maxsize=4096)  # every day of a file is looked at several times
def day_from_text(text: str, order: str) -> date:
    """3/10/2026 by the file's order, 03.10.2026, 2026-10-03, Oct 3, 2026 or 03 Oct 2026."""
    if match := NUMERIC_DATE.fullmatch(text):
        first, mark, second, third = int(match[1]), match[2], int(match[3]), int(match[4])
        if len(match[1]) == 4:
            year, month, number = first, second, third
        else:
            year = third + 2000 if len(match[4]) == 2 else third
            day_first = mark == "." or order == "dmy"
            number, month = (first, second) if day_first else (second, first)
    elif (match := NAMED_DATE.fullmatch(text)) and (month_ := MONTHS.get((match[1] or match[4]).casefold())):
        year, month, number = int(match[5]), month_, int(match[2] or match[3])
    else:
        raise ValueError("date_unreadable")
    return plausible(year, month, number)


def plausible(year: int, month: int, number: int) -> date:
    """A day that exists, in a year that figures of social media can come from."""
    if year not in YEARS:
        raise ValueError("date_unreadable")
    try:
        return date(year, month, number)
    except ValueError:
        raise ValueError("date_impossible") from None


def is_day_like(cell: CellValue) -> bool:
    """Whether a cell is a date in one order or the other."""
    for order in ORDERS:
        try:
            if day(cell, order) is not None:
                return True
        except ValueError:
            continue
    return False


def date_order(
    series: Sequence[CellValue],
    *,
    pairs: Sequence[tuple[CellValue, date]] = (),
    bounds: tuple[date, date] | None = None,
) -> str:
    """Month first or day first, decided once for the file.

    Evidence: the days of the daily sheet follow each other; days stand near the time in a post's
    number (`pairs`); the days lie inside the window of the file name (`bounds`).  Raises
    Unreadable when both orders stay possible and would differ.
    """
    readings: dict[str, tuple[list[date], list[date | None]]] = {}
    for order in ORDERS:
        try:
            readings[order] = ([d for c in series if (d := day(c, order))], [day(c, order) for c, _ in pairs])
        except ValueError:
            continue
    if not readings:
        raise Unreadable("date_series")
    near = [when for _, when in pairs]
    proofs: tuple[Callable[[list[date], list[date | None]], bool], ...] = (
        lambda days, stamped: all(d is None or abs((d - n).days) <= 8 for d, n in zip(stamped, near, strict=True)),
        lambda days, stamped: bounds is None or all(bounds[0] <= d <= bounds[1] for d in days),
        lambda days, stamped: steps(days) <= {1} or steps(days) <= {-1},
        lambda days, stamped: min(steps(days), default=1) > 0 or max(steps(days), default=-1) < 0,
    )
    for proof in proofs:
        # The strongest proof that leaves something standing decides.
        readings = {o: r for o, r in readings.items() if proof(*r)} or readings
    if len(readings) == 2 and readings["mdy"] != readings["dmy"]:
        example = next((str(c) for c in series if c), "")
        raise Unreadable("date_order", example=example)
    return next(iter(readings))


def steps(days: Sequence[date]) -> set[int]:
    """The distances from one line to the next, in days."""
    return {(b - a).days for a, b in pairwise(days)}
