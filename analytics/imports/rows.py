"""From a file that was understood to what the store takes: rows for COPY, and the posts they speak of."""

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from operator import add
from pathlib import Path
from typing import Any

from analytics.imports.sources.base import ParsedFile, ParsedPost
from analytics.imports.sources.linkedin_ids import SCHEMES, minted_at
from analytics.metrics.batch import Number, PostRow
from analytics.metrics.models import Grain, Metric, Segment

NULL = r"\N"
GRAINS = {"day": Grain.DAY.value, "window": Grain.WINDOW.value, "lifetime": Grain.LIFETIME.value}
METRICS = {metric.name.lower(): metric.value for metric in Metric}
SEGMENTS = {"" if segment is Segment.ALL else segment.name.lower(): segment.value for segment in Segment}
LINKEDIN = frozenset(SCHEMES.values())


def _escaped(cell: str) -> str:
    """`value, tab, locator, newline` with a locator as COPY reads it."""
    value, _, locator = cell[:-1].partition("\t")
    locator = locator.replace("\\", "\\\\").replace("\t", " ").replace("\n", " ").replace("\r", " ")
    return f"{value}\t{locator}\n"


def write_rows(file: ParsedFile, path: Path) -> int:
    """The readings of a workbook, one line each (see `batch.CODED`). Answer how many were said again: the last counts.

    A workbook has thousands of figures of few kinds and few days: what they share is made into text once.
    """
    found: dict[str, str] = {}
    kinds: dict[tuple[int | None, str, str, str], str] = {}
    days, start_before, end_before = "", None, None
    for post, metric, grain, start, end, segment, value, cell, _ in file.readings:
        kind = (post, metric, segment, grain)
        if (words := kinds.get(kind)) is None:
            place = NULL if post is None else post
            words = kinds[kind] = f"{place}\t{METRICS[metric]}\t{SEGMENTS[segment]}\t{GRAINS[grain]}\t"
        if start is not start_before or end is not end_before:
            days, start_before, end_before = f"{start}\t{end}\t", start, end
        found[words + days] = f"{value}\t{cell[:60]}\n"
    said: Iterable[str] = found.values()
    text = "".join(said)
    if "\\" in text or "\r" in text or not text.count("\n") == text.count("\t") == len(found):
        said = map(_escaped, said)  # the name of a sheet holds what COPY would misread
    path.write_text("".join(map(add, found, said)), encoding="utf-8", newline="")
    return len(file.readings) - len(found)


def write_posts(posts: Iterable[ParsedPost], path: Path) -> None:
    def plain(value: Any) -> str:
        return value.isoformat()

    rows = [
        {
            "ids": post.ids or [("url", post.url[:200])],
            "url": post.url,
            "published_at": post.published_at,
            "precision": post.precision or "second",
            "created_on": post.created_on,
            "title": post.title or "",
            "kind": post.kind,
        }
        for post in posts
    ]
    path.write_text(json.dumps(rows, default=plain))


def read_posts(text: str) -> list[PostRow]:
    return [
        PostRow(
            ids=[(scheme, number) for scheme, number in row["ids"]],
            url=row["url"],
            published_at=datetime.fromisoformat(row["published_at"]) if row["published_at"] else None,
            precision=row["precision"],
            created_on=date.fromisoformat(row["created_on"]) if row["created_on"] else None,
            title=row["title"],
            kind=row["kind"],
            made_at=_made_at(*row["ids"][0]),
        )
        for row in json.loads(text)
    ]


def describe(number: Number, url: str) -> PostRow:
    """A post of which only the number is known: the number itself says when it was published."""
    made = _made_at(*number)
    return PostRow([number], url, published_at=made, made_at=made)


def _made_at(scheme: str, value: str) -> datetime | None:
    return minted_at(value) if scheme in LINKEDIN and value.isdecimal() else None


def as_of(exported_at: datetime | None, window_end: date | None, uploaded_at: datetime) -> datetime:
    """How old the figures of a file are: said by the file, else the day after its last day, never later than now.

    Without this an old file that is uploaded late would overwrite newer figures.
    """
    if exported_at is not None:
        return min(exported_at, uploaded_at)
    if window_end is not None:
        return min(datetime.combine(window_end + timedelta(days=1), time(), UTC), uploaded_at)
    return uploaded_at
