"""What is suggested for a table nobody knows, and how its first rows would be read."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.text import capfirst

from analytics.imports.messages import text_of
from analytics.imports.models import ImportRun, TableShape
from analytics.imports.preview import column_name
from analytics.metrics.models import Metric
from analytics.sources import guessing
from analytics.sources.handover import ParsedFile
from analytics.sources.mapped_lines import NAMES, MappedLines
from analytics.sources.mapping import DAY, POST, Mapping, shape
from analytics.sources.outline import rows_of
from analytics.sources.table_words import COLUMNS, FIGURES
from core.sheets.days import Dates, is_day_like
from core.sheets.values import normalised

if TYPE_CHECKING:
    from collections.abc import Sequence

SHOWN = 8  # rows of the preview
#: Their cells are no numbers, whatever is in them.
WORDS = ("date", "post_url", "title", "account", "metric", "segment")
TITLES = frozenset({"title", "titel", "text", "post text", "description", "beschreibung"})


def saved_for(run: ImportRun) -> list[TableShape]:
    """What was said of earlier files: a person's own are the person's, the company's are of who import for it."""
    return list(TableShape.objects.filter(program=run.program_id, user=run.account.user_id).order_by("-saved_at")[:50])


def offered(run: ImportRun) -> tuple[Mapping, TableShape] | None:
    """What was said of an earlier file with the same labels in the same order."""
    for saved in saved_for(run):
        told = Mapping.from_json(saved.mapping)
        rows = first_rows(run, told)
        if told.head < len(rows) and shape(rows[told.head]) == saved.shape:
            return told, saved
    return None


def first_rows(run: ImportRun, mapping: Mapping) -> list[list[str]]:
    outline = run.preview["outline"]
    return rows_of(outline, encoding=mapping.encoding, delimiter=mapping.delimiter, sheet=mapping.sheet)


def suggested(run: ImportRun) -> tuple[Mapping, set[str]]:
    """What the cells prove, and the names of what they do not: that is asked without a suggestion."""
    outline = run.preview["outline"]
    mapping, open_ = Mapping(encoding=next(iter(outline["texts"]), "utf-8")), set()
    if len(outline["texts"]) > 1:
        open_.add("encoding")
    if outline["sheets"]:
        heads = {name: guessing.head_row(rows) for name, rows in outline["sheets"]}
        mapping.sheet = next((name for name, head in heads.items() if head is not None), outline["sheets"][0][0])
    else:
        found = guessing.delimiter(outline["texts"][mapping.encoding])
        mapping.delimiter = found or ";"
        if found is None:
            open_.add("delimiter")
    mapping.head = guessing.head_row(first_rows(run, mapping)) or 0
    return mapping, open_ | complete(run, mapping)


def complete(run: ImportRun, mapping: Mapping) -> set[str]:
    """What the columns are and how they write days and numbers, where that can be known; the rest is answered."""
    rows, open_ = first_rows(run, mapping), set()
    labels = [normalised(cell) for cell in rows[mapping.head]] if mapping.head < len(rows) else []
    data = rows[mapping.head + 1 :]
    for place, label in enumerate(labels):
        role = FIGURES.get(label) or COLUMNS.get(label) or ("title" if label in TITLES else "")
        if role and role not in mapping.roles.values():
            mapping.roles[place] = role
    if mapping.place("date") is None:
        likely = [p for p in range(len(labels)) if any(is_day_like(c) and not c.isdigit() for c in column(data, p))]
        if len(likely) == 1:
            mapping.roles[likely[0]] = "date"
    at_day = mapping.place("date")
    is_all = not run.preview["outline"]["more"]
    days = column(data, at_day) if at_day is not None else []
    order = guessing.order(days, today=timezone.localdate(), is_all=is_all)
    mapping.order = order or ""
    words = {place for place, role in mapping.roles.items() if role in WORDS}
    numbers = [cell for place in range(len(labels)) if place not in words for cell in column(data, place)]
    decimal = guessing.decimal(numbers, is_all=is_all)
    mapping.decimal = decimal or ""
    open_ |= {name for name, found in (("order", order), ("decimal", decimal)) if found is None}
    mapping.rows = POST if mapping.place("post_url") is not None and not _repeats(data, mapping) else DAY
    if mapping.rows == POST:
        open_.add("rows")
    return open_


def column(data: Sequence[Sequence[str]], place: int) -> list[str]:
    return [row[place] for row in data if place < len(row)]


def _repeats(data: Sequence[Sequence[str]], mapping: Mapping) -> bool:
    at = mapping.place("post_url")
    links = [cell for cell in column(data, at) if cell] if at is not None else []
    return len(set(links)) < len(links)


@dataclass
class Shown:
    """One row as it will be read."""

    number: str
    day: date | None = None
    about: str = ""
    figures: list[tuple[str, int]] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)


def preview(run: ImportRun, mapping: Mapping) -> list[Shown]:
    """The first rows as they will be read, and what of them cannot be, with the reason."""
    rows = first_rows(run, mapping)
    if mapping.head >= len(rows) or not mapping.order or not mapping.decimal:
        return []
    told = []
    latest = timezone.localdate() + timedelta(days=1)
    for number, cells in enumerate(rows[mapping.head + 1 : mapping.head + 1 + SHOWN], start=mapping.head + 2):
        file, posts = ParsedFile("mapped_table"), io.StringIO()
        lines = MappedLines(file, mapping, rows[mapping.head], Dates(mapping.order), latest, posts)
        row = Shown(str(number))
        for _, text in lines.of([(f"!{number}", cells)]):
            _post, metric, _segment, _grain, start, _end, value, *_rest = text.split("\t")
            row.figures.append((capfirst(str(Metric[NAMES[metric].upper()].label)), int(value)))
            row.day = date.fromisoformat(start) if mapping.rows == DAY else None
        if mapping.rows == POST and lines.days:
            row.day = date.fromisoformat(next(iter(lines.days.values()))[:10])
        row.about = next((line.split("\t")[3] for line in posts.getvalue().splitlines()), "")
        row.refused = [(column_name(each.column), text_of(each.code, each.params)) for each in file.refused]
        if row.figures or row.refused:
            told.append(row)
    return told


def labels_of(rows: Sequence[Sequence[str]], head: int) -> list[tuple[int, str, list[str]]]:
    """Each column: its place, its label, and what stands below it."""
    if head >= len(rows):
        return []
    wide = max((guessing.width(row) for row in rows[head:]), default=0)
    labels = [*rows[head], *[""] * wide][:wide]
    return [(place, label, [c for c in column(rows[head + 1 :], place) if c][:3]) for place, label in enumerate(labels)]
