"""From a file that was understood to what the store takes: rows for COPY, and the posts they speak of."""

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from analytics.imports.sources.base import ParsedFile, ParsedPost
from analytics.imports.sources.linkedin_ids import SCHEMES, minted_at
from analytics.metrics.batch import Number, PostRow
from analytics.metrics.models import Grain

NULL = r"\N"
NULL_POST = f"{NULL}\t{NULL}"
GRAINS = {"day": Grain.DAY.value, "window": Grain.WINDOW.value, "lifetime": Grain.LIFETIME.value}
LINKEDIN = frozenset(SCHEMES.values())


def _text(value: str) -> str:
    """Text as COPY reads it."""
    if value.isprintable() and "\\" not in value:
        return value
    return value.replace("\\", "\\\\").replace("\t", " ").replace("\n", " ").replace("\r", " ")


def write_rows(file: ParsedFile, path: Path) -> None:
    """The readings of a workbook, one line each (see `LONG_COLUMNS`)."""
    names = [post.ids[0] if post.ids else ("url", post.url[:200]) for post in file.posts]
    posts = {place: f"{_text(scheme)}\t{_text(number)}" for place, (scheme, number) in enumerate(names)}
    lines = [
        f"{NULL}\t{reading.period_start}\t{NULL}\t"
        f"{NULL_POST if reading.post_ref is None else posts[reading.post_ref]}\t{NULL}\t{reading.metric}\t"
        f"{reading.segment}\t{reading.value}\t{GRAINS[reading.grain]}\t{reading.period_end}\t"
        f"{_text(reading.locator[:60])}\n"
        for reading in file.readings
    ]
    path.write_text("".join(lines), encoding="utf-8", newline="")


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
