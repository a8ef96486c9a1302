"""A chart, said once: the page (picture and table beside it), the PDF and the file are drawn from the same thing.

What a chart draws and what it says belong together cell by cell, so that no two places can show different numbers.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal

from django.utils.translation import gettext as _

from core.kit.exports import Table
from core.kit.full_stops import one_stop


class ChartKind(StrEnum):
    BARS = "bars"
    LINES = "lines"
    DUEL = "duel"  # two lines, the first of which is the subject
    STACK = "stack"  # parts of a whole
    SPARK = "spark"  # a small curve without axes
    TABLE = "table"  # no picture


@dataclass(frozen=True)
class ChartCell:
    """One figure: what is drawn (None: unknown), and the words it is said with. A hidden one has its reason only."""

    value: Decimal | int | None = None
    display: str = ""
    hidden: bool = False
    reason: str = ""
    is_floor: bool = False  # "at least so much": never written as a bare number
    span: "ChartSpan | None" = None  # of the column that says what was usual before

    def __post_init__(self) -> None:
        if self.hidden and (self.value is not None or self.display):
            raise ValueError("A hidden cell has neither a value nor words for it.")

    @property
    def filed(self) -> Decimal | int | str | None:
        """In a file: a number where it is one, else words."""
        if self.hidden:
            return self.reason
        return self.display if self.is_floor else self.value


@dataclass(frozen=True)
class ChartSpan:
    """What was usual before, at one label: the lowest, the middle and the highest, and the words for it."""

    low: Decimal
    middle: Decimal
    high: Decimal
    display: str


@dataclass(frozen=True)
class ChartBand:
    """A column of the table that is drawn as a band behind the picture; a file has its three numbers apart."""

    name: str
    filed: tuple[str, str, str]
    spans: tuple[ChartSpan | None, ...]


@dataclass(frozen=True)
class ChartSeries:
    name: str
    cells: tuple[ChartCell, ...]


@dataclass(frozen=True)
class ChartTarget:
    value: Decimal
    label: str
    first: int = 0  # the place of the first label that it counts for


@dataclass(frozen=True)
class ChartMark:
    """Something that began within the picture, at one of its labels. With a sign that stands in the picture, the name
    below it."""

    at: str
    name: str
    sign: str = ""
    place: int = -1  # of its label, where it has a sign: of two Octobers it is at one

    @property
    def in_words(self) -> str:
        return f"{self.sign} ({self.at}): {self.name}" if self.sign else f"{self.at}: {self.name}"


@dataclass(frozen=True)
class ChartNote:
    """What somebody wrote at a day of the time line: its number on the page, and its words with when that was."""

    number: int
    on: date
    words: str


@dataclass(frozen=True)
class ChartRow:
    """A line of the table beside the picture."""

    label: str
    cells: tuple[ChartCell, ...]


@dataclass(frozen=True)
class Chart:
    id: str
    kind: ChartKind
    sentence: str  # the finding: what the figures say
    over: str  # what the labels are: month, week
    labels: tuple[str, ...]
    series: tuple[ChartSeries, ...]
    source: str = ""
    quality: str = ""
    what: str = ""  # what is measured
    sure: str = ""  # how sure one can be of it
    caveat: str = ""  # what one has to know about how it was counted
    unit: str = ""
    size: str = "m"
    things: Literal["", "equal", "last"] = ""  # labels are no times: each is named; `last` brings out the last one
    target: ChartTarget | None = None
    marks: tuple[ChartMark, ...] = ()
    band: ChartBand | None = None
    days: tuple[tuple[date, date], ...] = ()  # the first and the last one of what each label stands for
    shield: str = ""
    method_url: str = ""
    download_url: str = ""
    picture_url: str = ""  # of its file as a picture, up to the form: png, svg

    def __post_init__(self) -> None:
        for name in ("sentence", "what", "sure", "caveat"):
            object.__setattr__(self, name, one_stop(getattr(self, name)))
        uneven = [each.name for each in self.series if len(each.cells) != len(self.labels)]
        uneven += [self.band.name] if self.band and len(self.band.spans) != len(self.labels) else []
        uneven += ["days"] if self.days and len(self.days) != len(self.labels) else []
        if uneven:
            raise ValueError(f"Chart {self.id}: one cell for each of the {len(self.labels)} labels in {uneven}.")

    @property
    def columns(self) -> list[str]:
        return [self.over, *(each.name for each in self.series), *([self.band.name] if self.band else [])]

    @property
    def rows(self) -> list[ChartRow]:
        columns = [each.cells for each in self.series]
        if self.band:
            columns.append(
                tuple(ChartCell(display=each.display if each else "", span=each) for each in self.band.spans)
            )
        return [ChartRow(label, row) for label, row in zip(self.labels, zip(*columns, strict=True), strict=True)]

    @property
    def marked(self) -> list[str]:
        """What is marked in the picture, in words."""
        return [mark.in_words for mark in self.marks]

    def noted(self, notes: Iterable[ChartNote]) -> "Chart":
        """With the notes of its days as marks: one for each label, also where it has several."""
        found: dict[int, list[ChartNote]] = {}
        for note in notes:
            for place, (first, last) in enumerate(self.days):
                if first <= note.on <= last:
                    found.setdefault(place, []).append(note)
        made = [_mark(place, self.labels[place], found[place]) for place in sorted(found)]
        return replace(self, marks=(*self.marks, *made)) if made else self

    @property
    def open_note(self) -> str:
        """What an open bar means. A share that is at least so much may be all of them, and looks so in every form."""
        if self.unit == "%" and any(cell.is_floor for each in self.series for cell in each.cells):
            return open_note()
        return ""

    @property
    def besides(self) -> list[str]:
        """What is said beside the finding in every form: how sure one can be, and how it was counted."""
        return [text for text in (self.sure, self.open_note, self.caveat) if text]

    def table(self, name: str) -> Table:
        """The file: what the table beside the picture says, and below it what is said beside the finding."""
        names = [self.over, *(each.name for each in self.series), *(self.band.filed if self.band else ())]
        cells = zip(*(each.cells for each in self.series), strict=True)
        rows: list[list[Any]] = [
            [label, *(cell.filed for cell in row)] for label, row in zip(self.labels, cells, strict=True)
        ]
        if self.band:
            for row, span in zip(rows, self.band.spans, strict=True):
                row += [span.low, span.middle, span.high] if span else [None] * 3
        return Table(
            name, names, [*rows, *([text, *[None] * (len(names) - 1)] for text in (*self.marked, *self.besides))]
        )


def open_note() -> str:
    return _("≥: it may as well be all of them. To say more would tell who is missing.")


def series_of(names: Sequence[str], rows: Iterable[Sequence[ChartCell]]) -> tuple[ChartSeries, ...]:
    """From rows of cells, as they are gathered period by period."""
    lines = list(rows)
    return tuple(ChartSeries(name, tuple(row[place] for row in lines)) for place, name in enumerate(names))


def _mark(place: int, label: str, notes: list[ChartNote]) -> ChartMark:
    first, last = notes[0].number, notes[-1].number
    sign = str(first) if first == last else f"{first}–{last}"
    return ChartMark(label, "; ".join(note.words for note in notes), sign, place)
