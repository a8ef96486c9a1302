"""From a file that was understood to what the store takes: rows for COPY, and the posts they speak of."""

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from analytics.imports.sources.base import ParsedFile, ParsedPost
from analytics.imports.sources.linkedin_ids import SCHEMES, minted_at
from analytics.metrics.batch import Number, PostRow
from analytics.metrics.models import Grain, Metric, Segment

GRAINS = {"day": Grain.DAY.value, "window": Grain.WINDOW.value, "lifetime": Grain.LIFETIME.value}
METRICS = {metric.name.lower(): metric.value for metric in Metric}
SEGMENTS = {"" if segment is Segment.ALL else segment.name.lower(): segment.value for segment in Segment}
LINKEDIN = frozenset(SCHEMES.values())


def _text(value: str) -> str:
    """Text as COPY reads it."""
    if value.isprintable() and "\\" not in value:
        return value
    return value.replace("\\", "\\\\").replace("\t", " ").replace("\n", " ").replace("\r", " ")


def write_rows(file: ParsedFile, path: Path) -> int:
    """The readings of a workbook, one line each (see `batch.CODED`). Answer how many were said again: the last counts.

    A workbook has thousands of figures of few kinds and few days: what they share is made into text once.
    """
    found: dict[tuple[str, str], str] = {}
    kinds: dict[tuple[int | None, str, str, str], str] = {}
    periods: dict[tuple[date, date], str] = {}
    for reading in file.readings:
        kind = (reading.post_ref, reading.metric, reading.segment, reading.grain)
        if (first := kinds.get(kind)) is None:
            post = r"\N" if reading.post_ref is None else reading.post_ref
            first = f"{post}\t{METRICS[reading.metric]}\t{SEGMENTS[reading.segment]}\t{GRAINS[reading.grain]}"
            kinds[kind] = first
        period = (reading.period_start, reading.period_end)
        if (second := periods.get(period)) is None:
            second = periods[period] = f"{period[0]}\t{period[1]}"
        found[first, second] = f"{first}\t{second}\t{reading.value}\t{_text(reading.locator[:60])}\n"
    path.write_text("".join(found.values()), encoding="utf-8", newline="")
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
        )
        for row in json.loads(text)
    ]


def describe(number: Number, url: str) -> PostRow:
    """A post of which only the number is known: the number itself says when it was published."""
    scheme, value = number
    published = minted_at(value) if scheme in LINKEDIN and value.isdecimal() else None
    return PostRow([number], url, published_at=published)


def as_of(exported_at: datetime | None, window_end: date | None, uploaded_at: datetime) -> datetime:
    """How old the figures of a file are: said by the file, else the day after its last day, never later than now.

    Without this an old file that is uploaded late would overwrite newer figures.
    """
    if exported_at is not None:
        return min(exported_at, uploaded_at)
    if window_end is not None:
        return min(datetime.combine(window_end + timedelta(days=1), time(), UTC), uploaded_at)
    return uploaded_at
