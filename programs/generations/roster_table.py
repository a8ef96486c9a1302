"""Reading a list of people with headings: a person a row. Pure: no Django here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from core.sheets.cells import CellValue, Unreadable
from core.sheets.days import Dates
from core.sheets.find import Head, RowKind, kind_of
from core.sheets.values import normalised
from programs.generations.roster_entries import Entry, addresses_in, one_line, straight
from programs.generations.roster_words import GONE, GUEST_MARK, GUESTS, NO, ORDER, YES, column, heading, language, rank

Cells = Sequence[CellValue]
PROXY = "smtp:"


@dataclass(slots=True)
class Columns:
    """Where what stands: the address columns by rank, and of several columns for one thing the better one."""

    emails: list[int]
    places: dict[str, int]

    def text(self, row: Cells, name: str) -> str:
        place = self.places.get(name, -1)
        return one_line(_text(row[place])) if 0 <= place < len(row) else ""


def columns_of(head: Head, rows: Sequence[Cells]) -> Columns:
    """By their headings. Two columns of the same rank that say different addresses leave open which one is meant."""
    emails = [place for place, label in enumerate(head.labels) if label and column(label) == "email"]
    ranks = {place: rank(head.labels[place]) for place in emails}
    best = min(ranks.values())
    same = [place for place in emails if ranks[place] == best]
    if len(same) > 1 and any(len({_first(row, place) for place in same} - {""}) > 1 for row in rows):
        both = " · ".join(head.written[place][:40] for place in same)
        raise Unreadable("columns_several", found=both)
    places: dict[str, int] = {}
    for place, label in enumerate(head.labels):
        name = column(label) if label else ""
        if name and name != "email" and (name not in places or _comes_before(label, head.labels[places[name]])):
            places[name] = place
    if "last" not in places and "first" in places and "name" in places:
        places["last"] = places.pop("name")  # German lists head the family name with "Name"
    return Columns(sorted(emails, key=lambda place: (ranks[place], place)), places)


def _comes_before(label: str, other: str) -> bool:
    words = (heading(label), heading(other))
    return all(word in ORDER for word in words) and ORDER.index(words[0]) < ORDER.index(words[1])


def people_in(
    head: Head, rows: Iterable[tuple[int, Cells]], columns: Columns, today: date | None = None
) -> Iterator[Entry]:
    today = today or datetime.now(UTC).date()
    for line, row in rows:
        if kind_of(row) is RowKind.BLANK or (kind_of(row) is RowKind.TOTAL and not any("@" in _text(c) for c in row)):
            continue
        email, also, written = _address(row, columns, width=len(head.labels))
        name = _name(row, columns) or written
        yield Entry(line, email, name, language(columns.text(row, "language")), _aside(row, columns, today), also)


def _address(row: Cells, columns: Columns, *, width: int) -> tuple[str, str, str]:
    """The address, a second one beside it, and a name that is written before it."""
    raw = ""
    for place in columns.emails:
        text = _text(row[place]) if place < len(row) else ""
        found = addresses_in(text)
        if PROXY in text.casefold():
            found = _primary(text) or found
        raw = raw or one_line(text)
        if found:
            more = found[1:] + [each for cell in row[width:] for each in addresses_in(_text(cell))]
            before = text.split(found[0])[0]
            written = straight(before.rstrip(" <([")) if "<" in before or "(" in before else ""
            return _composed(found[0]), _composed(more[0]) if more else "", written
    return raw, "", ""


def _primary(text: str) -> list[str]:
    """Of a directory's proxy addresses, joined by plus signs, the one in capitals is the first."""
    parts = re.split(r"[+;,\s]+(?=[A-Za-z0-9]+:)", text)
    return [found for part in parts if part.startswith("SMTP:") for found in addresses_in(part)]


def _name(row: Cells, columns: Columns) -> str:
    parts = [columns.text(row, "first"), columns.text(row, "last")]
    return " ".join(filter(None, parts)) or straight(columns.text(row, "name"))


def _aside(row: Cells, columns: Columns, today: date) -> str:
    """Whether the list itself says that somebody has left, or is a guest of another company."""
    if normalised(columns.text(row, "type")) in GUESTS:
        return "guest"
    if any(GUEST_MARK in _text(row[place]).casefold() for place in columns.emails if place < len(row)):
        return "guest"
    if normalised(columns.text(row, "status")) in GONE or normalised(columns.text(row, "enabled")) in NO:
        return "left"
    if normalised(columns.text(row, "blocked")) in YES or columns.text(row, "deleted"):
        return "left"
    place = columns.places.get("left_on", -1)
    try:
        gone = Dates("dmy").day(row[place], may_have_time=True) if 0 <= place < len(row) else None
    except ValueError:
        gone = None
    return "left" if gone and gone < today else ""


def _first(row: Cells, place: int) -> str:
    found = addresses_in(_text(row[place])) if place < len(row) else []
    return found[0].casefold() if found else ""


def _text(cell: CellValue) -> str:
    return "" if cell is None else str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _composed(address: str) -> str:
    return one_line(address)
