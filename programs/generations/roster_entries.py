"""One person of a list, as written. Pure: the process that reads files has no Django."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

MOST_LINES = 50_000
MOST_BYTES = 5 * 1024 * 1024
ADDRESS = re.compile(r"[^\s<>,;:\"'()\[\]|]+@[^\s<>,;:\"'()\[\]|]+")


@dataclass(frozen=True)
class Entry:
    """`aside` is why the list itself says that this person is none to invite: left or guest. `also` is a second
    address in the same cell, `language` the one the list gives (as two letters)."""

    line: int
    email: str
    name: str = ""
    language: str = ""
    aside: str = ""
    also: str = ""


def one_line(text: str) -> str:
    """Composed letters and single spaces: on some systems ü is two letters that look like one."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def addresses_in(text: str) -> list[str]:
    """Every address in a cell: bare, in brackets, behind `mailto:` or, as directories write it, `SMTP:`."""
    return [found.strip(".") for found in ADDRESS.findall(re.sub(r"(?i)\b(?:mailto|smtp):", " ", text))]


def straight(name: str) -> str:
    """First name first: directories write “Berg, Anna”."""
    last, comma, first = one_line(name.strip(" \t\"'“”„,;")).partition(",")
    return f"{first.strip()} {last.strip()}".strip() if comma and "," not in first else f"{last}{comma}{first}".strip()
