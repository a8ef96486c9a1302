"""A table whose columns are known: of a network whose layout we know, or as a person said on the page that asks."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path

from core.sheets.cells import ONE_LETTER, Sheet, Unreadable
from core.sheets.days import Dates
from core.sheets.find import Head
from core.sheets.text_file import DELIMITERS, TextTable, encoding_of
from core.sheets.values import is_nothing, normalised, thousands_mark

from . import guessing
from .handover import ONE_DAY, ParsedFile
from .mapped_lines import MappedLines
from .mapping import DAY, OTHER, POST, Mapping
from .names import read_name
from .network_files import (
    CHART,
    CHARTS,
    DURATIONS,
    NO_UNIT,
    VIDEO,
    NetworkFile,
    by_addresses,
    network_of_chart,
    recognised,
)  # fmt: skip
from .readings_table import BATCH, Record, flush, plain
from .table_lines import CopyLine

KIND = "mapped_table"
DURATION = re.compile(r"\d{1,12}(?:\.\d{1,9})?", re.ASCII)
TITLES = 12  # rows in which the labels of a network are looked for


def read_text(path: Path, mapping: Mapping, rows: Path, posts: Path, *, today: date | None = None) -> ParsedFile:
    """A text file, read as somebody said."""
    file = ParsedFile(KIND, encoding=mapping.encoding, delimiter=mapping.delimiter)
    table = TextTable.told(path, mapping.encoding, mapping.delimiter, Head(mapping.head, {}, [], data_from=0))
    labels: list[str] = []
    for number, (_, cells) in enumerate(table.records()):
        if number == mapping.head:
            labels = cells
            break
    table.head = Head(mapping.head, {}, [], data_from=mapping.head + 1)
    records = ((str(line), cells) for line, cells in table.records())
    return write(file, mapping, labels, records, rows, posts, today=today)


def read_sheets(
    sheets: Sequence[Sheet], mapping: Mapping, rows: Path, posts: Path, *, today: date | None = None
) -> ParsedFile:
    """A sheet of a workbook, read as somebody said; the others are named."""
    file = ParsedFile(KIND)
    sheet = next((each for each in sheets if each.name == mapping.sheet), None)
    if sheet is None or mapping.head >= len(sheet.rows):
        raise Unreadable("layout_unknown", sheets=", ".join(each.name for each in sheets[:8])[:200])
    for other in sheets:
        if other is not sheet and other.rows:
            file.leave("sheet", other.name, other.name, "not_chosen")
    at_day = mapping.place("date")
    labels, *data = [plain(cells, -1 if at_day is None else at_day) for cells in sheet.rows[mapping.head :]]
    records = ((f"{sheet.name}!{mapping.head + 2 + number}", cells) for number, cells in enumerate(data))
    return write(file, mapping, labels, records, rows, posts, today=today)


def of_network(path: Path, rows: Path, posts: Path, *, name: str, today: date | None = None) -> ParsedFile | None:
    """An export whose layout we know, in a text file; None where it is none of those."""
    encoding, sample = encoding_of(path)
    for delimiter in DELIMITERS:
        table = TextTable.told(path, encoding, delimiter, Head(-1, {}, [], data_from=0))
        try:
            first = [cells for _, cells in islice(table.records(), TITLES)]
            if found := recognised(first) or _chart(first, name):
                told = ((str(line), cells) for line, cells in table.records())
                mapping = Mapping(encoding, delimiter)
                file = _of_layout(*found, mapping, told, rows, posts, name=name, today=today)
                if sample:
                    file.remark("encoding_guessed", text=sample)
                return file
        except Unreadable as error:
            if error.code not in ("csv_syntax", "encoding"):
                raise
    return None


def of_days(
    path: Path, layout: NetworkFile, rows: Path, posts: Path, *, name: str, today: date | None = None
) -> ParsedFile | None:
    """A part of a download of which the archive says what it is; None where it has no day or no figure of ours."""
    encoding, _ = encoding_of(path)
    for delimiter in DELIMITERS:
        table = TextTable.told(path, encoding, delimiter, Head(-1, {}, [], data_from=0))
        try:
            first = [cells for _, cells in islice(table.records(), TITLES)]
        except Unreadable as error:
            if error.code in ("csv_syntax", "encoding"):
                continue
            raise
        for head, row in enumerate(first):
            known = {layout.words.get(normalised(cell), "") for cell in row} - {""}
            if "date" in known and len(known) > 1:
                told = ((str(line), cells) for line, cells in table.records())
                return _of_layout(layout, head, Mapping(encoding, delimiter), told, rows, posts, name=name, today=today)
    return None


def of_network_sheets(
    sheets: Sequence[Sheet], rows: Path, posts: Path, *, name: str, today: date | None = None
) -> ParsedFile | None:
    """The same in a workbook, where somebody saved it as one."""
    for sheet in sheets:
        found = recognised(sheet.rows[:TITLES])
        if found is None:
            continue
        layout, head = found
        labels = [normalised(cell) for cell in sheet.rows[head]]
        at_day = next((place for place, label in enumerate(labels) if layout.words.get(label) == "date"), -1)
        told = ((f"{sheet.name}!{number + 1}", plain(cells, at_day)) for number, cells in enumerate(sheet.rows))
        file = _of_layout(layout, head, Mapping(sheet=sheet.name), told, rows, posts, name=name, today=today)
        for other in sheets:
            if other is not sheet and other.rows:
                file.leave("sheet", other.name, other.name, "unknown")
        return file
    return None


def _chart(first: Sequence[Sequence[str]], name: str) -> tuple[NetworkFile, int] | None:
    """The chart of one figure: its name stands in the row above "Date" and "Primary"."""
    for number, row in enumerate(first[1:], start=1):
        if {normalised(cell) for cell in row} >= CHART:
            title = normalised(next((cell for cell in first[number - 1] if cell.strip()), ""))
            if title in CHARTS:
                network, is_said = network_of_chart(title, name)
                words = {"date": "date", "primary": CHARTS[title]}
                return NetworkFile("meta_chart", network, DAY, (), words, is_assumed=not is_said), number
    return None


def _of_layout(
    layout: NetworkFile,
    head: int,
    mapping: Mapping,
    told: Iterator[Record],
    rows: Path,
    posts: Path,
    *,
    name: str,
    today: date | None,
) -> ParsedFile:
    _, labels = next(islice(told, head, None))
    known = [normalised(label) for label in labels]
    mapping.head, mapping.rows = head, layout.rows
    for place, label in enumerate(known):
        role = layout.words.get(label, "")
        if role and role not in mapping.roles.values():
            mapping.roles[place] = role
    at_video = mapping.place("video")
    if at_video is not None:
        mapping.roles[at_video] = "post_url"
    timed = {place: DURATIONS[role] for place, role in mapping.roles.items() if role in DURATIONS}
    mapping.roles |= dict.fromkeys(timed, "watch_seconds")
    handles = [place for place, label in enumerate(known) if layout.handle and label in layout.handle.split("|")]
    file = ParsedFile(layout.kind, encoding=mapping.encoding, delimiter=mapping.delimiter)
    file.locale = "de" if GERMAN & set(known) else "en"
    records = list(_records(_of_first_table(told, layout, file), layout, video=at_video, timed=timed))
    at_link = mapping.place("post_url")
    layout = by_addresses(layout, _cells(records, [] if at_link is None else [at_link]))
    file.kind = layout.kind
    if layout.is_assumed:
        file.remark("network_assumed", network=layout.network)
    mapping.order = _order(records, mapping.place("date"), today=today)
    grouping = thousands_mark(_cells(records, [place for place, _ in mapping.figures()]))
    mapping.decimal = OTHER.get(grouping, ".")  # counts are whole numbers: 1.234 can only be 1234
    name_account(file, layout, records, handles)
    if layout.has_no_year:
        add_years(file, records, mapping.place("date") or 0, today=today)
    window = read_name(name).window
    if layout.needs_period and window is None:
        raise Unreadable("period_unknown", network=layout.network)
    if window and not layout.needs_period and layout.rows == POST:
        file.window_start, file.window_end = window
    return write(
        file, mapping, labels, records, rows, posts, today=today, window=window if layout.needs_period else None
    )


GERMAN = frozenset({"veröffentlichungszeitpunkt", "beschreibung", "aufrufe", "videotitel", "abonnenten", "kommentare"})


def name_account(file: ParsedFile, layout: NetworkFile, records: Sequence[Record], handles: Sequence[int]) -> None:
    """Whose file it is: the network, with the name where the rows say one; two are one too many."""
    names = {cells[place].strip() for place in handles for _, cells in records if place < len(cells)} - {""}
    file.accounts = [f"{layout.network} {each}" for each in sorted(names)[:2]] or [layout.network]


def _of_first_table(found: Iterator[Record], layout: NetworkFile, file: ParsedFile) -> Iterator[Record]:
    """Up to the empty row behind which another table begins; that one is named."""
    for where, cells in found:
        if layout.ends_at_blank and all(map(is_nothing, cells)):
            titled = ((at, cell) for at, row in found for cell in row if not is_nothing(cell))
            if title := next(titled, None):
                file.leave("row", str(title[0]), title[1], "second_table")
            return
        yield where, cells


def _records(
    found: Iterator[Record], layout: NetworkFile, *, video: int | None, timed: dict[int, float]
) -> Iterator[Record]:
    for where, cells in found:
        if layout.skipped and cells and normalised(cells[0]) in layout.skipped:
            continue
        if video is not None and video < len(cells) and cells[video].strip():
            cells[video] = VIDEO + cells[video].strip()
        for place, seconds in timed.items():
            if place < len(cells) and DURATION.fullmatch(cells[place].strip()):
                cells[place] = str(round(float(cells[place]) * seconds))
        yield where, cells


def add_years(file: ParsedFile, records: Sequence[Record], at_day: int, *, today: date | None) -> None:
    """Days such as "August 31" get the year with which the last one is not in the future; the file's reader is told."""
    told = guessing.with_years([cells[at_day] for _, cells in records if at_day < len(cells)], today=today)
    if told is None:
        return
    days = iter(told)
    for _, cells in records:
        if at_day < len(cells):
            cells[at_day] = next(days)
    file.remark("years_added", first=min(told), last=max(told))


def _cells(records: Iterable[Record], places: Sequence[int]) -> Iterator[str]:
    return (cells[place] for _, cells in records for place in places if place < len(cells))


def _order(records: Sequence[Record], at_day: int | None, *, today: date | None) -> str:
    if at_day is None:
        return "dmy"
    days = list(_cells(records, [at_day]))
    found = guessing.order(days, today=today or datetime.now(UTC).date())
    if found is None:
        raise Unreadable("date_order", example=next((day for day in days if not is_nothing(day)), "")[:20])
    return found


def write(
    file: ParsedFile,
    mapping: Mapping,
    labels: Sequence[str],
    records: Iterable[Record],
    rows: Path,
    posts: Path,
    *,
    today: date | None = None,
    window: tuple[date, date] | None = None,
) -> ParsedFile:
    """The figures and posts go to their files; what was left aside is named."""
    file.format_version, file.data_from = mapping.rows, mapping.head + 1
    digest = hashlib.sha256()
    batch: list[CopyLine] = []
    latest = (today or datetime.now(UTC).date()) + ONE_DAY
    said: set[int] = set()
    with rows.open("w", encoding="utf-8", newline="") as target, posts.open("w", encoding="utf-8", newline="") as named:
        lines = MappedLines(file, mapping, labels, Dates(mapping.order), latest, named)
        if window:
            lines.within(window)
        for item in lines.of(_noting(records, said)):
            batch.append(item)
            if len(batch) == BATCH:
                file.rows_written += flush(batch, target, digest)
        file.rows_written += flush(batch, target, digest)
    if not file.rows_written and not file.refused_count:
        raise Unreadable("empty")
    for place, label in enumerate(labels):
        if label.strip() and place not in mapping.roles and place in said and place < len(ONE_LETTER):
            why = "no_unit" if normalised(label) in NO_UNIT else "not_chosen"
            file.leave("column", ONE_LETTER[place], " ".join(label.split()), why)
    file.named_accounts = sorted(lines.several)
    if not file.accounts and mapping.network:
        file.accounts = [mapping.network]
    file.posts_written, file.totals = len(lines.places), lines.totals()
    if window:
        file.window_start, file.window_end = window
    elif mapping.rows != POST and lines.first <= lines.last:  # when posts were published says nothing of their figures
        file.window_start, file.window_end = lines.first, lines.last
    for scheme, number in lines.places:
        digest.update(f"{scheme}\t{number}\n".encode())
    digest.update("\t".join(file.accounts).encode())
    file.content_fingerprint = digest.hexdigest()
    return file


def _noting(records: Iterable[Record], said: set[int]) -> Iterator[Record]:
    """Which columns say anything: an empty one is not worth a word."""
    for record in records:
        said.update(place for place, cell in enumerate(record[1]) if place not in said and not is_nothing(cell))
        yield record
