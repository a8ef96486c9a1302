"""The one reader of numbers, shares and placeholders as people's programs write them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from .cells import CellValue, Unreadable

INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
#: What programs and people write where nothing is known: unknown, which is not zero.
NOTHING = frozenset(
    {
        *("", "-", "--", "–", "—", "―", "−", "...", "…", ".", "/", "?", "*"),
        *("n/a", "na", "n.a.", "n. a.", "#n/a", "#nv", "#n/d", "nan", "null", "(null)", "nil", "none", "<na>"),
        *("undefined", "unknown", "not available", "(blank)", "blank", "empty"),
        *("k. a.", "k.a.", "k.a", "ka", "keine angabe", "keine angaben", "unbekannt", "nicht verfügbar", "(leer)"),
        *("entfällt", "n. v.", "n.v."),
    }
)
SPACES = "[\u0020\u00a0\u202f\u2009]"
SIGN = r"[-−+]?"
WHOLE = re.compile(rf"{SIGN}[0-9]+")
GROUPED = re.compile(rf"{SIGN}[1-9][0-9]{{0,2}}(?:([.,'’]|{SPACES})[0-9]{{3}})(?:\1[0-9]{{3}})*")
#: A whole number with decimals that say nothing: 1234.0 (data that went through pandas), 1,234.00.
ZERO_FRACTION = re.compile(rf"({SIGN}(?:[0-9]+|[1-9][0-9]{{0,2}}(?:([.,'’]|{SPACES})[0-9]{{3}})+))([.,])0+")
DECIMAL_TEXT = re.compile(rf"{SIGN}[0-9.,'’]*[0-9][.,][0-9]+")
PERCENT = re.compile(r"([0-9]{1,3}(?:[.,][0-9]+)?)\s?%")
LESS_THAN = re.compile(r"(?:<|[^\W\d]+(?: [^\W\d]+)?) ?([0-9]{1,2}) ?%")
LARGEST = 10**15
LONGEST = 24


def normalised(label: CellValue) -> str:
    """A label as it is compared: one kind of space, no invisible characters, no capitals."""
    text = unicodedata.normalize("NFKC", str(label if label is not None else "")).translate(INVISIBLE)
    return " ".join(text.split()).casefold()


def is_nothing(cell: CellValue) -> bool:
    """Left empty, or marked as not available: unknown, which is not zero."""
    return cell is None or (isinstance(cell, str) and " ".join(cell.split()).casefold() in NOTHING)


def count(cell: CellValue, *, thousands: str = "") -> int | None:
    """A whole number, None when unknown.  Raises ValueError with the code of what is wrong."""
    if isinstance(cell, bool | date):
        raise ValueError("number_unreadable")
    if isinstance(cell, int):
        number = cell
    elif isinstance(cell, float):
        # True numbers in a sheet never pass through the reading of text.
        if cell != cell:  # NaN: the program that wrote it did not know
            return None
        if cell in (float("inf"), float("-inf")):
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
        return _number(text)
    if match := GROUPED.fullmatch(text):
        mark = match[1]
        # Two groups cannot be a decimal; spaces and apostrophes never are one.
        certain = mark not in ".," or text.count(mark) > 1
        if certain or mark in thousands:
            return _number(text)
        raise ValueError("number_not_whole" if thousands else "number_ambiguous")
    if (match := ZERO_FRACTION.fullmatch(text)) and match[2] != match[3] and match[3] not in thousands:
        return _number(match[1])
    if text.endswith("%"):
        raise ValueError("number_percent")
    raise ValueError("number_not_whole" if DECIMAL_TEXT.fullmatch(text) else "number_unreadable")


def _number(text: str) -> int:
    return int(re.sub(r"[^0-9-]", "", text.replace("−", "-")))


def thousands_mark(texts: Iterable[str]) -> str:
    """Which mark groups digits in a file of whole numbers; one that also begins decimals is a contradiction."""
    marks: set[str] = set()
    decimals: set[str] = set()
    for text in texts:
        text = text.strip()
        if match := GROUPED.fullmatch(text):
            marks |= {match[1]} & set(".,")
        elif match := ZERO_FRACTION.fullmatch(text):
            decimals.add(match[3])
            marks |= {match[2] or ""} & set(".,")
    if len(marks) > 1 or marks & decimals:
        raise Unreadable("number_mixed")
    return "".join(marks)


def share(cell: CellValue) -> tuple[Decimal | None, str]:
    """A share and how it is meant: 0.02 "=" or, for "< 1 %", its upper bound 0.01 with "<"."""
    if isinstance(cell, int | float) and not isinstance(cell, bool) and 0 <= cell <= 1:
        return Decimal(str(round(cell, 6))), "="
    if is_nothing(cell):
        return None, "="
    if isinstance(cell, str):
        text = " ".join(cell.split())
        if match := PERCENT.fullmatch(text):
            value = Decimal(match[1].replace(",", ".")) / 100
            if value <= 1:
                return value, "="
        elif match := LESS_THAN.fullmatch(text):
            return Decimal(match[1]) / 100, "<"
    raise ValueError("share_unreadable")
