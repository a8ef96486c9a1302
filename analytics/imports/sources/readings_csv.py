"""Our own table of readings: date, account?, post_url?, metric, value, segment?  Large files stream through.

Rows and posts are written to tab-separated files that PostgreSQL's COPY reads as they are (`rows`); memory stays
small, and a million rows take a few seconds.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from .base import NEVER_NEGATIVE, ParsedFile, RefusedCell, Remark, Unreadable
from .codes import GRAINS, METRICS, SEGMENTS
from .encodings import encoding_of
from .linkedin_ids import clean_url, post_key
from .rows import NULL, bare_post
from .text import CONTROL, count_from_text, day_from_text, is_nothing, normalised

KIND = "readings_csv"
SYNONYMS = {
    "date": "date",
    "datum": "date",
    "tag": "date",
    "day": "date",
    "account": "account",
    "konto": "account",
    "kanal": "account",
    "post_url": "post_url",
    "post url": "post_url",
    "beitrag": "post_url",
    "beitrags-url": "post_url",
    "metric": "metric",
    "kennzahl": "metric",
    "metrik": "metric",
    "value": "value",
    "wert": "value",
    "anzahl": "value",
    "segment": "segment",
}
REQUIRED = ("date", "metric", "value")
METRIC_WORDS = (
    {m: m for m in METRICS}
    | {m.replace("_", " "): m for m in METRICS}
    | {
        "likes": "reactions",
        "shares": "reposts",
        "views": "video_views",
        "followers": "followers_total",
        "reach": "members_reached",
        "impressionen": "impressions",
        "reichweite": "members_reached",
        "erreichte mitglieder": "members_reached",
        "interaktionen": "engagements",
        "reaktionen": "reactions",
        "kommentare": "comments",
        "klicks": "clicks",
        "neue follower": "followers_new",
        "follower": "followers_total",
    }
)
SEGMENT_WORDS = {s: s for s in SEGMENTS} | {
    "auto invited": "auto_invited",
    "organisch": "organic",
    "gesponsert": "sponsored",
}
NEVER_NEGATIVE_CODES = frozenset(str(METRICS[m]) for m in NEVER_NEGATIVE)
MAX_REFUSED = 200
BATCH = 5_000
CACHE = 50_000
FIELD_SIZE = 8_192
LARGEST_DIGITS = 15
HTTPS = re.compile(r"https?://[^\s\\\"<>]{4,380}")


def header_of(line: str) -> tuple[str, dict[str, int]]:
    """Delimiter and places of the columns; names in English or German, in any order."""
    best: tuple[str, list[str]] = (",", [])
    for delimiter in (",", ";", "\t"):
        names = [normalised(c) for c in next(csv.reader([line], delimiter=delimiter), [])]
        if not best[1] or sum(n in SYNONYMS for n in names) > sum(n in SYNONYMS for n in best[1]):
            best = delimiter, names
    delimiter, names = best
    places: dict[str, int] = {}
    for place, name in enumerate(names):
        column = SYNONYMS.get(name)
        if column and column in places:
            raise Unreadable("columns_double", name=name)
        if column:
            places[column] = place
    if missing := [c for c in REQUIRED if c not in places]:
        raise Unreadable("columns", missing=", ".join(missing), found=", ".join(n for n in names if n)[:200] or "–")
    return delimiter, places


class Table:
    """The open file: one encoding, one delimiter, records with the line they began in."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.encoding, self.sample = encoding_of(path)
        self.skip = 1
        with self.open() as file:
            line = file.readline(FIELD_SIZE * 4)
            if line.casefold().startswith("sep="):
                line = file.readline(FIELD_SIZE * 4)
                self.skip = 2
        if not line.strip():
            raise Unreadable("empty")
        self.delimiter, self.places = header_of(line)

    def open(self) -> io.TextIOWrapper:
        return self.path.open(encoding=self.encoding, newline="")

    def records(self) -> Iterator[tuple[int, list[str]]]:
        """Every record with its line number.

        None of our columns may hold a line break: a record over several lines is a quotation mark
        that was never closed, which the csv module would follow silently to the next one.
        """
        csv.field_size_limit(FIELD_SIZE)
        with self.open() as file:
            for _ in range(self.skip):
                file.readline()
            reader = csv.reader(file, delimiter=self.delimiter, strict=True)
            line = 0
            try:
                for record in reader:
                    started, line = line + 1, reader.line_num
                    if line != started:
                        raise Unreadable("csv_syntax", line=started + self.skip)
                    yield line + self.skip, record
            except csv.Error:
                raise Unreadable("csv_syntax", line=line + 1 + self.skip) from None
            except UnicodeDecodeError:
                raise Unreadable("encoding") from None


def order_of(table: Table, *, look_at: int = 5_000) -> str:
    """Month first or day first, where dates are written with slashes; refused when both stay possible."""
    place = table.places["date"]
    possible = {"mdy", "dmy"}
    slashed = ""
    for number, (_, record) in enumerate(table.records()):
        if number >= look_at:
            break
        text = record[place].strip() if place < len(record) else ""
        if "/" not in text and not re.fullmatch(r"\d{1,2}-\d{1,2}-\d{2,4}", text):
            continue
        slashed = text
        for order in tuple(possible):
            try:
                day_from_text(text, order)
            except ValueError:
                if len(possible) > 1:
                    possible.discard(order)
    if slashed and len(possible) > 1:
        raise Unreadable("date_order", example=slashed[:20])
    return possible.pop()


class Rows:
    """Turns records into lines of the rows file and keeps what could not be read."""

    def __init__(self, table: Table, file: ParsedFile, today: date, posts: io.TextIOWrapper) -> None:
        self.table = table
        self.file = file
        self.order = order_of(table)
        self.latest = today + timedelta(days=1)
        self.first, self.last = date.max, date.min
        self.days: dict[str, str] = {}
        self.accounts: set[str] = {""}
        self.posts: dict[str, str] = {"": NULL}
        self.places: dict[tuple[str, str], int] = {}
        self.posts_file = posts
        self.metrics: dict[str, str] = {}
        self.segments: dict[str, str] = {"": str(SEGMENTS[""])}

    def refuse(self, line: int, column: str, code: str, text: str, **params: str | int) -> None:
        self.file.refused_count += 1
        if len(self.file.refused) < MAX_REFUSED:
            self.file.refused.append(
                RefusedCell("", line, column, code, {"text": CONTROL.sub("�", text)[:60], **params})
            )

    def day(self, text: str) -> str:
        try:
            found = day_from_text(text.strip(), self.order)
        except ValueError as error:
            raise CellError("date", str(error), text) from None
        if found > self.latest:
            raise CellError("date", "date_future", text)
        self.first, self.last = min(self.first, found), max(self.last, found)
        remember(self.days, text, f"{found}\t{found + timedelta(days=1)}")
        return self.days[text]

    def account(self, text: str) -> None:
        """One file, one account: the names are kept until there are two."""
        refuse_control(text, "account")
        name = " ".join(text.split())[:160]
        if name and name not in self.file.accounts and len(self.file.accounts) < 2:
            self.file.accounts.append(name)
        if len(self.accounts) < CACHE:
            self.accounts.add(text)

    def post(self, text: str) -> str:
        url = text.strip()
        refuse_control(url, "post_url")
        if url and not HTTPS.fullmatch(url):
            raise CellError("post_url", "url_unreadable", url)
        if not url:
            return NULL
        key = post_key(url)
        place = self.places.get(key)
        if place is None:
            place = self.places[key] = len(self.places)
            self.posts_file.write(bare_post(place, *key, clean_url(url)))
        remember(self.posts, text, str(place))
        return self.posts[text]

    def metric(self, text: str) -> str:
        found = METRIC_WORDS.get(normalised(text))
        if found is None:
            raise CellError("metric", "metric_unknown", text)
        remember(self.metrics, text, str(METRICS[found]))
        return self.metrics[text]

    def segment(self, text: str) -> str:
        found = SEGMENT_WORDS.get(normalised(text))
        if found is None:
            raise CellError("segment", "segment_unknown", text)
        remember(self.segments, text, str(SEGMENTS[found]))
        return self.segments[text]

    def value(self, text: str, metric: str) -> str:
        """Plain digits pass quickly; everything else is looked at closely.  Empty is unknown, not zero."""
        text = text.strip()
        if is_nothing(text):
            return ""
        try:
            number = count_from_text(text, thousands="")
        except ValueError as error:
            raise CellError("value", str(error), text) from None
        if len(str(abs(number))) > LARGEST_DIGITS:
            raise CellError("value", "number_too_large", text)
        if number < 0 and metric in NEVER_NEGATIVE_CODES:
            raise CellError("value", "number_negative", text)
        return str(number)

    def lines(self) -> Iterator[tuple[int, str]]:
        """Line number and the rest of the row, ready for COPY."""
        places = self.table.places
        at_day, at_metric, at_value = (places[c] for c in REQUIRED)
        at_account, at_post, at_segment = (places.get(c) for c in ("account", "post_url", "segment"))
        needed = max(places.values()) + 1
        days, accounts, posts, metrics, segments = self.days, self.accounts, self.posts, self.metrics, self.segments
        post, segment = posts[""], segments[""]
        grain = str(GRAINS["day"])
        seen = 0
        for line, record in self.table.records():
            if len(record) < needed:
                if any(c.strip() for c in record):
                    seen += 1
                    self.refuse(line, "", "row_short", "", found=len(record), needed=needed)
                continue
            seen += 1
            try:
                text = record[at_day]
                day = days.get(text) or self.day(text)
                text = record[at_metric]
                metric = metrics.get(text) or self.metric(text)
                if at_account is not None:
                    text = record[at_account]
                    if text not in accounts:
                        self.account(text)
                if at_post is not None:
                    text = record[at_post]
                    post = posts.get(text) or self.post(text)
                if at_segment is not None:
                    text = record[at_segment]
                    segment = segments.get(text) or self.segment(text)
                value = record[at_value]
                if not (value.isdecimal() and value.isascii() and len(value) <= LARGEST_DIGITS):
                    value = self.value(value, metric)
            except CellError as error:
                self.refuse(line, error.column, error.code, error.text)
                continue
            if value:
                yield line, f"{post}\t{metric}\t{segment}\t{grain}\t{day}\t{value}"
        self.file.rows_seen = seen


class CellError(Exception):
    def __init__(self, column: str, code: str, text: str) -> None:
        super().__init__(code)
        self.column, self.code, self.text = column, code, text


def remember(cache: dict[str, str], text: str, found: str) -> None:
    """Most cells repeat; a file where none does must not fill the memory."""
    if len(cache) >= CACHE:
        first = next(iter(cache.items()))
        cache.clear()
        cache[first[0]] = first[1]
    cache[text] = found


def refuse_control(text: str, column: str) -> None:
    if (match := CONTROL.search(text)) or "\t" in text:
        raise CellError(column, "bad_characters", f"{match.start() + 1 if match else text.index(chr(9)) + 1}")


def read(path: Path, out: Path, posts: Path, *, today: date | None = None) -> ParsedFile:
    """Read the table into the rows file `out` and the posts file `posts`, and say what was found."""
    table = Table(path)
    file = ParsedFile(KIND, format_version="1", locale="de" if table.delimiter == ";" else "")
    if table.sample:
        file.warnings.append(Remark("encoding_guessed", {"text": table.sample}))
    digest = hashlib.sha256()
    written = 0
    batch: list[tuple[int, str]] = []
    with (
        out.open("w", encoding="utf-8", newline="") as target,
        posts.open("w", encoding="utf-8", newline="") as named,
    ):
        rows = Rows(table, file, today or datetime.now(UTC).date(), named)
        for item in rows.lines():
            batch.append(item)
            if len(batch) == BATCH:
                written += write(batch, target, digest)
        written += write(batch, target, digest)
    file.rows_written, file.posts_written = written, len(rows.places)
    if not file.rows_seen:
        raise Unreadable("empty")
    if rows.first <= rows.last:
        file.window_start, file.window_end = rows.first, rows.last
    for scheme, number in rows.places:
        digest.update(f"{scheme}\t{number}\n".encode())
    digest.update("\t".join(file.accounts).encode())
    file.content_fingerprint = digest.hexdigest()
    return file


def write(batch: list[tuple[int, str]], target: io.TextIOWrapper, digest: Any) -> int:
    digest.update("\n".join([rest for _, rest in batch]).encode())
    target.write("".join([f"{rest}\t{line}\n" for line, rest in batch]))
    count = len(batch)
    batch.clear()
    return count


def read_to_json(path: str, out: str, posts: str) -> dict[str, object]:
    """What the child process prints (see `sandbox_child`)."""
    try:
        file = read(Path(path), Path(out), Path(posts))
    except Unreadable as error:
        return {"refused": error.code, "params": error.params}
    return {
        "file": {
            "format_version": file.format_version,
            "locale": file.locale,
            "window": [d.isoformat() if d else None for d in (file.window_start, file.window_end)],
            "warnings": [[w.code, w.params] for w in file.warnings],
            "refused": [[r.sheet, r.row, r.column, r.code, r.params] for r in file.refused],
            "refused_count": file.refused_count,
            "rows_seen": file.rows_seen,
            "rows_written": file.rows_written,
            "posts_written": file.posts_written,
            "accounts": file.accounts,
            "content_fingerprint": file.content_fingerprint,
        }
    }


def file_from_json(data: dict[str, Any]) -> ParsedFile:
    """The other end of `read_to_json`."""
    first, last = (date.fromisoformat(d) if d else None for d in data.pop("window"))
    warnings = [Remark(*w) for w in data.pop("warnings")]
    refused = [RefusedCell(*r) for r in data.pop("refused")]
    return ParsedFile(KIND, window_start=first, window_end=last, warnings=warnings, refused=refused, **data)
