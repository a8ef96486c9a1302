"""Lists of applications, hires, leads and visits out of the systems of HR, sales and the website: counted per week, and
nothing else of them leaves the process that reads the file. Whole weeks only, since a file that starts or ends within
one knows half of it.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from core.sheets.cells import ONE_LETTER, CellValue, Sheet, Unreadable
from core.sheets.days import Dates
from core.sheets.find import Head, RowKind, head_of, kind_of
from core.sheets.text_file import TextTable
from core.sheets.values import count_from_text, is_nothing, normalised, thousands_mark

from . import guessing
from .codes import GRAINS, RECORDS, SEGMENTS
from .handover import ONE_DAY, ParsedFile, Total
from .readings_table import Record, flush, plain
from .record_words import COUNTS, HIRED, SOURCES, is_of_program, role_of
from .rows import NULL
from .table_lines import CopyLine

A_WEEK = timedelta(days=7)
#: Which columns make a list one of these, and which of them holds its day; the first that fits.
KINDS: tuple[tuple[str, str, tuple[tuple[str, ...], ...]], ...] = (
    ("records_visits", "", (("day", "web_traffic"),)),
    ("records_counted", "", (("day", "applications"), ("day", "hires"), ("day", "leads"))),
    ("records_applications", "applications", (("applied",), ("day", "candidate"))),
    ("records_hires", "hires", (("hired",), ("starts", "candidate"))),
    ("records_leads", "leads", (("asked",), ("day", "enquiry"))),
)
VISITS = "records_visits"
ISO_WITHOUT_MARKS = re.compile(r"^(20[0-9]{2})([01][0-9])([0-3][0-9])$")  # as web analytics write days
CountedRows = Counter[tuple[str, str, bool]]  # what is counted, on which day, by way of the program


@dataclass(slots=True)
class Noticed:
    """What was counted, by what stands in the cell of the day: how days are written is known at the end."""

    figures: CountedRows = field(default_factory=Counter)
    lines: dict[str, list[str]] = field(default_factory=dict)  # where a day stands, to say which row was refused
    numbers: set[bytes] = field(default_factory=set)


def read_text(path: Path, rows: Path, posts: Path, *, today: date | None = None) -> ParsedFile | None:
    """A text file; None where it is no such list."""
    table = TextTable(path, role_of, ())
    head = table.head
    if head is None or not is_such(head):
        return None
    records = ((str(line), cells) for line, cells in table.records())
    return _read(head, records, rows, posts, today=today)


def read_sheets(
    sheets: Sequence[Sheet], rows: Path, posts: Path, *, from_1904: bool = False, today: date | None = None
) -> ParsedFile | None:
    """The same in a workbook; None where no sheet holds one."""
    dates = Dates(epoch=1904 if from_1904 else 1900)
    for sheet in sheets:
        head = head_of(sheet.rows, role_of, ())
        if head is None or not is_such(head):
            continue
        days = {place for role, place in head.places.items() if role in ("applied", "hired", "starts", "asked", "day")}
        records = (
            (f"{sheet.name}!{number + 1}", [_said(cell, dates if at in days else None) for at, cell in enumerate(row)])
            for number, row in enumerate(sheet.rows)
            if number >= head.data_from
        )
        file = _read(head, records, rows, posts, today=today)
        for other in sheets:
            if other is not sheet and other.rows:
                file.leave("sheet", other.name, other.name, "not_stored")
        return file
    return None


def _said(cell: CellValue, dates: Dates | None) -> str:
    """As a text file would say it; of a moment the day."""
    if dates is not None and not isinstance(cell, str) and not is_nothing(cell):
        try:
            return str(dates.day(cell, may_have_time=True))
        except ValueError:
            pass
    return plain([cell], -1)[0]


def is_such(head: Head) -> bool:
    """Whether it has a day, a word that says what it lists, and a source."""
    return bool(_kind(head.places)) and any(role in head.places for role in SOURCES)


def _kind(places: Mapping[str, int]) -> tuple[str, str, str] | tuple[()]:
    """What the list is, what it counts, and which column holds its day."""
    for kind, counted, signs in KINDS:
        for sign in signs:
            if all(role in places for role in sign):
                return kind, counted, sign[0]
    return ()


def _read(head: Head, records: Iterable[Record], rows: Path, posts: Path, *, today: date | None) -> ParsedFile:
    kind, counted, day = _kind(head.places) or (*KINDS[0][:2], "day")
    file = ParsedFile(kind, locale="de" if GERMAN & set(head.labels) else "en")
    seen = Noticed()
    for where, cells in records:
        _count(file, seen, head.places, counted, day, str(where), cells)
    figures = _by_day(file, seen, today=today)
    if not figures:
        raise Unreadable("records_empty")
    weeks = _weeks(file, figures, counted, today=today)
    _write(file, weeks, rows, posts)
    kept = {place for role, place in head.places.items() if role not in ("candidate", "enquiry", "number")}
    for place, label in enumerate(head.written or head.labels):
        if label and place not in kept and place < len(ONE_LETTER):
            file.leave("column", ONE_LETTER[place], label, "not_stored")
    return file


GERMAN = frozenset(
    {
        "sitzungen",
        "website-besuche",
        "besuche der website",
        "bewerbungsdatum",
        "bewerber",
        "bewerbungen",
        "einstellungsdatum",
        "quelle",
        "kanal",
        "datum",
        "lead-quelle",
    }
    | {"einstellungen", "erstellt am", "bewerbungsquelle", "kandidat", "eingangsdatum", "bewerberin"}
)


def _count(
    file: ParsedFile,
    seen: Noticed,
    places: Mapping[str, int],
    counted: str,
    day: str,
    where: str,
    cells: Sequence[str],
) -> None:
    if kind_of(cells) is not RowKind.DATA:
        return
    file.rows_seen += 1

    def said(role: str) -> str:
        place = places.get(role)
        return cells[place].strip() if place is not None and place < len(cells) else ""

    if number := said("number"):
        mark = hashlib.blake2b(number.encode(), digest_size=12).digest()
        if mark in seen.numbers:
            file.repeats = (file.repeats or 0) + 1
            return
        seen.numbers.add(mark)
    on = ISO_WITHOUT_MARKS.sub(r"\1-\2-\3", said(day))
    if is_nothing(on):
        _refuse(file, where, "records_no_day")
        return
    by_people = is_of_program([said(role) for role in SOURCES])
    _note(seen, on, where)
    if not counted:
        if file.kind == VISITS:
            by_people = is_of_program([said(role) for role in SOURCES], by_mark=True)
        _add_counts(file, seen, on, by_people, where, {name: said(name) for name in COUNTS if name in places})
        return
    seen.figures[counted, on, by_people] += 1
    if counted == "applications" and ("hired" in places or "status" in places):
        seen.figures["hires", on, by_people] += 0  # none is a number too
        later = said("hired")
        if not is_nothing(later):
            _note(seen, later, where)
            seen.figures["hires", later, by_people] += 1
        elif "hired" not in places and HIRED.fullmatch(normalised(said("status"))):
            seen.figures["hires", on, by_people] += 1


def _add_counts(file: ParsedFile, seen: Noticed, on: str, by_people: bool, where: str, told: Mapping[str, str]) -> None:
    """A list that has been counted already: a row is a day or week, a source and how many."""
    for name, text in told.items():
        if is_nothing(text):
            continue
        try:
            number = count_from_text(text, thousands=thousands_mark([text]))
        except ValueError:
            number = -1
        if not 0 <= number < 1_000_000:
            _refuse(file, where, "records_number")
            continue
        seen.figures[name, on, by_people] += number


def _note(seen: Noticed, text: str, where: str) -> None:
    lines = seen.lines.setdefault(text, [])
    if len(lines) < 20:
        lines.append(where)


def _refuse(file: ParsedFile, where: str, code: str) -> None:
    """What stands in the row is not repeated: it may be anything about somebody."""
    sheet, _, row = where.rpartition("!")
    file.refuse(sheet, int(row), "", code)


def _by_day(file: ParsedFile, seen: Noticed, *, today: date | None) -> Counter[tuple[str, date, bool]]:
    on = today or datetime.now(UTC).date()
    order = guessing.order(seen.lines, today=on)
    if order is None:
        raise Unreadable("records_date_order")
    dates = Dates(order)
    days: dict[str, date] = {}
    for text, lines in seen.lines.items():
        try:
            found = dates.day(text, may_have_time=True)
        except ValueError:
            found = None
        if found is None or found > on + ONE_DAY * 366:
            for where in lines:
                _refuse(file, where, "records_day")
        else:
            days[text] = found
    figures: Counter[tuple[str, date, bool]] = Counter()
    for (name, text, by_people), number in seen.figures.items():
        if text in days:
            figures[name, days[text], by_people] += number
    return figures


def _weeks(
    file: ParsedFile, figures: Mapping[tuple[str, date, bool], int], counted: str, *, today: date | None
) -> dict[tuple[str, str, date], int]:
    """Sums per whole week, zeros as well: between two weeks of a list nobody came."""
    on = today or datetime.now(UTC).date()
    own = [day for name, day, _ in figures if not counted or name == counted]
    if not own:  # hires without a single application
        raise Unreadable("records_empty")
    first = min(own)
    start, end = _monday(first), _monday(on)
    is_daily = file.kind == VISITS and len({day.weekday() for day in own}) > 1
    if first > start and (counted or is_daily):
        start += A_WEEK
        file.remark("records_first_week", day=first.isoformat())
    # A day without an application stands in no list; that days of visits are missing means that the file ends there.
    last = min(_monday(max(own) + ONE_DAY) if is_daily else _monday(max(own)) + A_WEEK, end)
    if max(own) >= end:
        file.remark("records_running_week", day=end.isoformat())
    if start >= last:
        raise Unreadable("records_no_week")
    file.window_start, file.window_end = start, last - ONE_DAY
    names = sorted({name for name, _, _ in figures})
    span = [start + A_WEEK * each for each in range((last - start).days // 7)]
    weeks = {(name, segment, week): 0 for name in names for segment in ("", "program") for week in span}
    for (name, day, by_people), number in figures.items():
        for segment in ("", "program") if by_people else ("",):
            if (place := (name, segment, _monday(day))) in weeks:
                weeks[place] += number
    for name in names:
        for segment in ("", "program"):
            curve = [weeks[name, segment, week] for week in span]
            label = f"{name}:{segment}" if segment else name
            file.totals.append(Total(label, sum(curve), (last - start).days, curve))
    return weeks


def _write(file: ParsedFile, weeks: Mapping[tuple[str, str, date], int], rows: Path, posts: Path) -> None:
    digest = hashlib.sha256()
    batch: list[CopyLine] = list(_lines(weeks))
    with rows.open("w", encoding="utf-8", newline="") as target:
        file.rows_written = flush(batch, target, digest)
    posts.write_text("", encoding="utf-8")
    file.repeats, file.content_fingerprint = file.repeats or 0, digest.hexdigest()


def _lines(weeks: Mapping[tuple[str, str, date], int]) -> Iterator[tuple[str, str]]:
    for (name, segment, week), number in weeks.items():
        kind = f"{NULL}\t{RECORDS[name]}\t{SEGMENTS[segment]}\t{GRAINS['window']}"
        yield "", f"{kind}\t{week}\t{week + A_WEEK}\t{number}"


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
