"""Turns the records of our own table into lines of the rows file, and keeps what could not be read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import TextIO

from core.sheets.days import Dates
from core.sheets.find import Head, RowKind, kind_of
from core.sheets.values import CONTROL, count_from_text, is_nothing, normalised

from .codes import GRAINS, METRICS, SEGMENTS
from .day_sums import of_days
from .handover import NEVER_NEGATIVE, ParsedFile, Total
from .linkedin_ids import clean_url, post_key
from .post_places import PostPlaces
from .rows import NULL, bare_post
from .table_words import FIGURES, SEGMENT_WORDS

NEVER_NEGATIVE_CODES = frozenset(str(METRICS[m]) for m in NEVER_NEGATIVE)
CACHE = 50_000
LARGEST_DIGITS = 15
HTTPS = re.compile(r"https?://[^\s\\\"<>]{4,380}")
WHOLE = str(SEGMENTS[""])
DAY_GRAIN = str(GRAINS["day"])
Where = int | str  # the line of a text file, or the row of a sheet with its name
CopyLine = tuple[Where, str]  # where it stands, and the row ready for COPY


class CellError(Exception):
    def __init__(self, column: str, code: str, text: str) -> None:
        super().__init__(code)
        self.column, self.code, self.text = column, code, text


class Twice:
    """Whether some line can say a figure again that another line says. Of a file whose days follow each other, for the
    account and for each post, this is known without keeping its figures; of others it stays unknown."""

    def __init__(self) -> None:
        self.is_certain = True
        self.until: dict[str, str] = {}  # post, and its last day
        self.post = self.day = ""

    def next_day(self, figures: list[tuple[str, str]], post: str, day: str) -> None:
        """The figures of a day of a post are over, and those of another day or post follow."""
        self.end(figures)
        if day <= self.until.get(post, "") or len(self.until) >= CACHE:
            self.is_certain = False
        self.until[post] = day
        self.post, self.day = post, day

    def end(self, figures: list[tuple[str, str]]) -> None:
        if len(figures) > 1 and len(set(figures)) < len(figures):
            self.is_certain = False
        figures.clear()


class Lines:
    """A long table: one figure a line."""

    thousands = ""  # the mark that groups digits, where the file shows it

    def __init__(self, file: ParsedFile, head: Head, dates: Dates, latest: date, posts: TextIO) -> None:
        self.file, self.head, self.dates, self.latest, self.posts_file = file, head, dates, latest, posts
        self.first, self.last = date.max, date.min
        self.days: dict[str, str] = {}
        self.accounts: set[str] = {""}
        self.posts: dict[str, str] = {"": NULL}
        self.places = PostPlaces()
        self.metrics: dict[str, str] = {}
        self.segments: dict[str, str] = {"": WHOLE}
        self.sums: dict[str, dict[str, str]] = {}  # figures of the account by metric and day

    def of(self, records: Iterable[tuple[Where, list[str]]]) -> Iterator[CopyLine]:
        """Where each figure stands and the rest of its row, ready for COPY."""
        places = self.head.places
        at_day, at_metric, at_value = places["date"], places["metric"], places["value"]
        at_account, at_post, at_segment = (places.get(c) for c in ("account", "post_url", "segment"))
        needed, width = max(at_day, at_metric, at_value) + 1, len(self.head.labels)
        days, accounts, posts, metrics, segments = self.days, self.accounts, self.posts, self.metrics, self.segments
        sums = self.sums
        post, segment = posts[""], segments[""]
        seen, twice = 0, Twice()
        of_day: list[tuple[str, str]] = []
        for where, record in records:
            size = len(record)
            if size != width and not (size := self.cells_of(where, record, needed, width)):
                continue
            try:
                text = record[at_day]
                day = days.get(text)
                if day is None:
                    kind = kind_of(record)
                    if kind is not RowKind.DATA:
                        self.skip(where, record, kind)
                        continue
                    day = self.day(text)
                seen += 1
                text = record[at_metric]
                metric = metrics.get(text) or self.metric(text)
                if at_account is not None and (text := record[at_account] if at_account < size else "") not in accounts:
                    self.account(text)
                if at_post is not None:
                    text = record[at_post] if at_post < size else ""
                    post = posts.get(text) or self.post(text)
                if at_segment is not None:
                    text = record[at_segment] if at_segment < size else ""
                    segment = segments.get(text) or self.segment(text)
                value = record[at_value]
                if not (value.isdecimal() and value.isascii() and len(value) <= LARGEST_DIGITS):
                    value = self.value(value, metric, "value")
            except CellError as error:
                seen += day is None
                self.refuse(where, error.column, error.code, error.text)
                continue
            if value:
                if post == NULL and segment == WHOLE:
                    sums.setdefault(metric, {})[day] = value
                if twice.is_certain:
                    if day != twice.day or post != twice.post:
                        twice.next_day(of_day, post, day)
                    of_day.append((metric, segment))
                yield where, f"{post}\t{metric}\t{segment}\t{DAY_GRAIN}\t{day}\t{value}"
        twice.end(of_day)
        self.file.repeats = 0 if twice.is_certain else None
        self.file.rows_seen += seen

    def cells_of(self, where: Where, record: list[str], needed: int, width: int) -> int:
        """How many cells a line of another length than the head has; 0 where nothing can be read from it.

        Programs cut empty cells off at the end, and add some. More cells that say something are a decimal comma or a
        separator within a text: what stands where is not certain any more.
        """
        if len(record) < needed:
            if kind_of(record) is RowKind.DATA:
                self.file.rows_seen += 1
                self.refuse(where, "", "row_short", "", found=len(record), needed=needed)
            elif record:
                self.skip(where, record, kind_of(record))
            return 0
        if any(not is_nothing(cell) for cell in record[width:]):
            self.file.rows_seen += 1
            self.refuse(where, "", "row_long", "", found=len(record), expected=width)
            return 0
        return len(record)

    def totals(self) -> list[Total]:
        """What the days add up to."""
        names = {str(code): metric for metric, code in METRICS.items()}
        return of_days(
            {
                names[code]: {date.fromisoformat(day[:10]): int(value) for day, value in days.items()}
                for code, days in self.sums.items()
            }
        )

    def skip(self, where: Where, record: list[str], kind: RowKind) -> None:
        if kind is RowKind.TOTAL:
            self.file.leave("row", str(where), next(cell for cell in record if not is_nothing(cell)), "total")

    def refuse(self, where: Where, column: str, code: str, text: str, **params: str | int) -> None:
        sheet, _, line = str(where).rpartition("!")
        shown = CONTROL.sub("\ufffd", text)[:60]
        self.file.refuse(sheet, int(line), column, code, **{"text": shown, **params})

    def day(self, text: str, *, may_have_time: bool = False) -> str:
        try:
            found = self.dates.day(text, may_have_time=may_have_time)
        except ValueError as error:
            raise CellError("date", str(error), text) from None
        if found is None:
            raise CellError("date", "date_missing", text)
        if found > self.latest:
            raise CellError("date", "date_future", text)
        self.first, self.last = min(self.first, found), max(self.last, found)
        return remember(self.days, text, f"{found}\t{found + timedelta(days=1)}")

    def account(self, text: str) -> None:
        """One file, one account: the names are kept until there are two."""
        refuse_control(text, "account")
        name = " ".join(text.split())[:160]
        if not is_nothing(name) and name not in self.file.accounts and len(self.file.accounts) < 2:
            self.file.accounts.append(name)
        if len(self.accounts) < CACHE:
            self.accounts.add(text)

    def post(self, text: str) -> str:
        url = text.strip()
        if is_nothing(url):
            return NULL
        self.address(url)
        key = post_key(url)
        place = self.places.get(key)
        if place is None:
            place = self.places[key] = len(self.places)
            self.posts_file.write(bare_post(place, *key, clean_url(url)))
        return remember(self.posts, text, str(place))

    def address(self, url: str) -> None:
        """An address is kept as text and never fetched; what is none is refused."""
        refuse_control(url, "post_url")
        if not HTTPS.fullmatch(url):
            raise CellError("post_url", "url_unreadable", url)

    def metric(self, text: str) -> str:
        found = FIGURES.get(normalised(text))
        if found is None:
            raise CellError("metric", "metric_unknown", text)
        return remember(self.metrics, text, str(METRICS[found]))

    def segment(self, text: str) -> str:
        found = "" if is_nothing(text) else SEGMENT_WORDS.get(normalised(text))
        if found is None:
            raise CellError("segment", "segment_unknown", text)
        return remember(self.segments, text, str(SEGMENTS[found]))

    def value(self, text: str, metric: str, column: str) -> str:
        """Plain digits pass quickly; everything else is looked at closely.  Empty is unknown, not zero."""
        text = text.strip()
        if is_nothing(text):
            return ""
        try:
            number = count_from_text(text, thousands=self.thousands)
        except ValueError as error:
            raise CellError(column, str(error), text) from None
        if len(str(abs(number))) > LARGEST_DIGITS:
            raise CellError(column, "number_too_large", text)
        if number < 0 and metric in NEVER_NEGATIVE_CODES:
            raise CellError(column, "number_negative", text)
        return str(number)


class WideLines(Lines):
    """A wide table: one day a line, one column a figure."""

    def of(self, records: Iterable[tuple[Where, list[str]]]) -> Iterator[CopyLine]:
        places, width = self.head.places, len(self.head.labels)
        figures = []
        for name, place in places.items():
            if ":" in name:
                metric, segment = name.split(":")
                figures.append((place, str(METRICS[metric]), str(SEGMENTS[segment])))
        for where, record in records:
            if len(record) != width and not self.cells_of(where, record, places["date"] + 1, width):
                continue
            if (kind := kind_of(record)) is not RowKind.DATA:
                self.skip(where, record, kind)
                continue
            self.file.rows_seen += 1
            cells = record + [""] * (width - len(record))
            try:
                text = cells[places["date"]]
                day = self.days.get(text) or self.day(text)
                if "account" in places and cells[places["account"]] not in self.accounts:
                    self.account(cells[places["account"]])
                post = self.post(cells[places["post_url"]]) if "post_url" in places else NULL
            except CellError as error:
                self.refuse(where, error.column, error.code, error.text)
                continue
            for place, metric, segment in figures:
                try:
                    value = self.value(cells[place], metric, self.head.labels[place])
                except CellError as error:
                    self.refuse(where, error.column, error.code, error.text)
                    continue
                if value:
                    if post == NULL and segment == WHOLE:
                        self.sums.setdefault(metric, {})[day] = value
                    yield where, f"{post}\t{metric}\t{segment}\t{DAY_GRAIN}\t{day}\t{value}"


def remember(cache: dict[str, str], text: str, found: str) -> str:
    """Most cells repeat; a file where none does must not fill the memory."""
    if len(cache) >= CACHE:
        first = next(iter(cache.items()))
        cache.clear()
        cache[first[0]] = first[1]
    cache[text] = found
    return found


def refuse_control(text: str, column: str) -> None:
    if (match := CONTROL.search(text)) or "\t" in text:
        raise CellError(column, "bad_characters", f"{match.start() + 1 if match else text.index(chr(9)) + 1}")
