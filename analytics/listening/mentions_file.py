"""What the process that reads files does with a list of mentions. It has no Django, and reads no column with people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from core.sheets.book import sheets_of
from core.sheets.cells import CellValue, Unreadable
from core.sheets.days import day_from_text, plausible
from core.sheets.find import Head, RowKind, head_of, kind_of
from core.sheets.text_file import TextTable
from core.sheets.values import normalised

MOST_LINES = 5_000
REQUIRED = ("url", "title", "on")
LABELS = {
    "url": "url, link, links, adresse, address, web address, permalink, article url, artikel url, quelle url",
    "title": "title, titel, headline, überschrift, schlagzeile, article title, betreff",
    "on": "date, datum, day, tag, published, published at, publication date, veröffentlicht, erschienen",
    "source": "source, quelle, medium, outlet, publication, site, seite, website, source name",
    "topic": "topic, thema, subject, category, kategorie",
    "tone": "tone, ton, tonalität, sentiment, stimmung",
}
COLUMNS = {word: name for name, words in LABELS.items() for word in words.split(", ")}
TONES = {
    "friendly": "friendly, positive, positiv, freundlich, pos",
    "neutral": "neutral, neu",
    "critical": "critical, negative, negativ, kritisch, neg",
}
TONE_OF = {word: tone for tone, words in TONES.items() for word in words.split(", ")}


def column(label: str) -> str:
    return COLUMNS.get(normalised(label), "")


def read(path: str, kind: str, name: str, into: str, from_1904: bool = False) -> dict[str, Any]:
    """Each mention of the list, and how many lines told none."""
    del name, into, from_1904
    try:
        head, rows = _text(path) if kind == "csv" else _book(path)
        found: list[list[str]] = []
        left_out = 0
        for row in rows:
            if kind_of(row) is not RowKind.DATA:
                continue
            mention = _mention(head, row)
            if mention is None:
                left_out += 1
            else:
                found.append(mention)
            if len(found) > MOST_LINES:
                raise Unreadable("too_many", most=MOST_LINES)
        if not found:
            raise Unreadable("empty")
    except Unreadable as error:
        return {"refused": error.code, "params": error.params}
    return {"mentions": found, "left_out": left_out}


def _text(path: str) -> tuple[Head, Iterator[Sequence[CellValue]]]:
    table = TextTable(Path(path), column, REQUIRED, one_line=("url", "on"))
    if table.head is None:
        raise Unreadable("columns")
    return table.head, (row for _line, row in table.records())


def _book(path: str) -> tuple[Head, Iterable[Sequence[CellValue]]]:
    for sheet in sheets_of(Path(path)):
        if not sheet.is_hidden and (head := head_of(sheet.rows, column, REQUIRED)):
            return head, sheet.rows[head.data_from :]
    raise Unreadable("columns")


def _mention(head: Head, row: Sequence[CellValue]) -> list[str] | None:
    """Link, title, day, source, topic, tone; nothing without a link, a title and a day."""
    told = {name: row[place] for name, place in head.places.items() if place < len(row)}
    url, title = _words(told.get("url")), _words(told.get("title"))
    if not url.startswith(("https://", "http://")) or not title or len(url) > 400:
        return None
    try:
        on = _day(told.get("on"))
    except ValueError:
        return None
    tone = TONE_OF.get(_words(told.get("tone")).casefold(), "")
    return [url, title[:300], on, _words(told.get("source"))[:120], _words(told.get("topic"))[:40], tone]


def _day(cell: CellValue) -> str:
    if hasattr(cell, "year"):
        return plausible(cell.year, cell.month, cell.day).isoformat()  # type: ignore[union-attr]
    return day_from_text(_words(cell), "dmy", may_have_time=True).isoformat()


def _words(cell: CellValue) -> str:
    return " ".join(str(cell).split()) if cell is not None else ""
