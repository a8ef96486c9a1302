"""Turns the records of a table whose columns are known into lines of the rows file, keeps what it cannot read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time
from typing import TextIO

from core.sheets.cells import ONE_LETTER
from core.sheets.days import Dates
from core.sheets.find import Head, RowKind, kind_of
from core.sheets.values import CONTROL, is_nothing

from .codes import ADDITIVE, GRAINS, METRICS
from .handover import LIFETIME, NEVER_NEGATIVE, ONE_DAY, ParsedFile, ParsedPost, Total
from .linkedin_ids import clean_url, post_key
from .mapping import POST, Mapping, amount
from .rows import NULL, made_at, post_line
from .table_lines import LARGEST_DIGITS, WHOLE, CellError, CopyLine, Lines, Where

NAMES = {str(code): metric for metric, code in METRICS.items()}
SUMMED = frozenset(str(METRICS[name]) for name in ADDITIVE)


class MappedLines(Lines):
    """A table whose columns were named by a person, or by a layout we know."""

    def __init__(
        self, file: ParsedFile, mapping: Mapping, labels: Sequence[str], dates: Dates, latest: date, posts: TextIO
    ) -> None:
        super().__init__(file, Head(mapping.head, {}, list(labels)), dates, latest, posts)
        self.mapping = mapping
        self.spans = f"{LIFETIME[0]}\t{LIFETIME[1]}"
        self.grain = GRAINS["lifetime"]
        self.several: dict[str, int] = {}  # accounts the rows name, and how often
        self.of_posts: dict[str, dict[str, int]] = {}  # figures of posts by metric and post

    def within(self, window: tuple[date, date]) -> None:
        """The figures of posts are those of a period that the file names, not since they were published."""
        self.spans, self.grain = f"{window[0]}\t{window[1] + ONE_DAY}", GRAINS["window"]

    def of(self, records: Iterable[tuple[Where, list[str]]]) -> Iterator[CopyLine]:
        width = max([len(self.head.labels), *(place + 1 for place in self.mapping.roles)])
        for where, record in records:
            if (kind := kind_of(record)) is not RowKind.DATA:
                self.skip(where, record, kind)
                continue
            if any(not is_nothing(cell) for cell in record[width:]):
                self.file.rows_seen += 1
                self.refuse(where, "", "row_long", "", found=len(record), expected=width)
                continue
            cells = record + [""] * (width - len(record))
            if not self.is_ours(cells):
                continue
            self.file.rows_seen += 1
            yield from self.row(where, cells)

    def is_ours(self, cells: list[str]) -> bool:
        place = self.mapping.place("account")
        if place is None:
            return True
        name = " ".join(cells[place].split())[:160]
        if not is_nothing(name) and (name in self.several or len(self.several) < 50):
            self.several[name] = self.several.get(name, 0) + 1
        return not self.mapping.account or name == self.mapping.account

    def row(self, where: Where, cells: list[str]) -> Iterator[CopyLine]:
        """The figures of one row."""
        try:
            if (place := self.mapping.place("account")) is not None:
                self.account(cells[place])
            days, post = self.about(cells)
            figures = self.figures(cells)
            segment = self.segment_of(cells)
        except CellError as error:
            self.refuse(where, error.column, error.code, error.text)
            return
        grain = str(GRAINS["day"] if self.mapping.rows != POST else self.grain)
        for place, metric in figures:
            try:
                value = self.amount(cells[place], metric, place)
            except CellError as error:
                self.refuse(where, error.column, error.code, error.text)
                continue
            if value:
                if self.mapping.rows != POST and post == NULL and segment == WHOLE:
                    self.sums.setdefault(metric, {})[days] = value
                elif self.mapping.rows == POST and segment == WHOLE and metric in SUMMED:
                    self.of_posts.setdefault(metric, {})[post] = int(value)
                yield where, f"{post}\t{metric}\t{segment}\t{grain}\t{days}\t{value}"

    def totals(self) -> list[Total]:
        """Of days, and of posts: people reached are not added up."""
        sums = {NAMES[metric]: posts for metric, posts in self.of_posts.items()}
        found = [
            Total(name, sum(sums[name].values()), len(sums[name]), [], "post") for name in ADDITIVE if name in sums
        ]
        return [*super().totals(), *found]

    def about(self, cells: list[str]) -> tuple[str, str]:
        """The day or period of a row, and its post."""
        at_day, at_post = self.mapping.place("date"), self.mapping.place("post_url")
        text = cells[at_day] if at_day is not None else ""
        if self.mapping.rows != POST:
            return self.days.get(text) or self.day(text), self.post(cells[at_post]) if at_post is not None else NULL
        published = None
        if at_day is not None and not is_nothing(text):
            published = date.fromisoformat((self.days.get(text) or self.moment(text))[:10])
        at_title = self.mapping.place("title")
        title = cells[at_title] if at_title is not None else ""
        return self.spans, self.listed(cells[at_post] if at_post is not None else "", published, title)

    def moment(self, text: str) -> str:
        """The day on which a post was published; here a time of day is no mistake."""
        return self.day(text, may_have_time=True)

    def listed(self, text: str, published: date | None, title: str) -> str:
        """A post with its day and its words; its address must be there, else nobody finds it again."""
        url = text.strip()
        if is_nothing(url):
            raise CellError("post_url", "post_missing", "")
        place = self.post_place(url)
        if place is not None:
            return place
        key = post_key(url)
        number = self.places[key] = len(self.places)
        when = made_at(*key) or (datetime.combine(published, time(), UTC) if published else None)
        words = " ".join(CONTROL.sub("", title).split()) or None
        post = ParsedPost([key], clean_url(url), when, "second" if made_at(*key) else "day", title=words)
        self.posts_file.write(post_line(number, *key, post))
        return str(number)

    def post_place(self, url: str) -> str | None:
        """Where a post stands that was listed before; an address that is none is refused."""
        self.address(url)
        found = self.places.get(post_key(url))
        return None if found is None else str(found)

    def figures(self, cells: list[str]) -> list[tuple[int, str]]:
        """Which cells hold figures, and the code of what each counts."""
        at_metric, at_value = self.mapping.place("metric"), self.mapping.place("value")
        found = [(place, str(METRICS[metric])) for place, metric in self.mapping.figures()]
        if at_metric is not None and at_value is not None:
            text = cells[at_metric]
            found.append((at_value, self.metrics.get(text) or self.metric(text)))
        return found

    def segment_of(self, cells: list[str]) -> str:
        place = self.mapping.place("segment")
        return WHOLE if place is None else self.segments.get(cells[place]) or self.segment(cells[place])

    def amount(self, text: str, metric: str, place: int) -> str:
        text = text.strip()
        if is_nothing(text):
            return ""
        column = self.head.labels[place] if place < len(self.head.labels) else ONE_LETTER[place]
        try:
            number = amount(text, self.mapping.decimal, self.mapping.unit(place))
        except ValueError as error:
            raise CellError(column, str(error), text) from None
        if len(str(abs(number))) > LARGEST_DIGITS:
            raise CellError(column, "number_too_large", text)
        if number < 0 and NAMES[metric] in NEVER_NEGATIVE:
            raise CellError(column, "number_negative", text)
        return str(number)
