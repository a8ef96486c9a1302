"""What was understood, written as the store's COPY takes it (`analytics.metrics.batch`): figures, and their posts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from operator import add
from pathlib import Path
from typing import TextIO

from .codes import GRAINS, METRICS, SEGMENTS
from .handover import ParsedFile, ParsedPost
from .linkedin_ids import SCHEMES, minted_at

NULL = r"\N"
LINKEDIN = frozenset(SCHEMES.values())
ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
LONGEST_TITLE = 3_000


def escaped(text: str) -> str:
    """As COPY reads it back."""
    return text.translate(ESCAPES)


def write_rows(file: ParsedFile, path: Path) -> int:
    """The figures of a workbook. Answer how many were said again: the last counts.

    A workbook has thousands of figures of few kinds and few days: what they share is made into text once.
    """
    found: dict[str, str] = {}
    kinds: dict[tuple[int | None, str, str, str], str] = {}
    days, start_before, end_before = "", None, None
    for post, metric, grain, start, end, segment, value, cell in file.readings:
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
        said = map(_cell_escaped, said)  # the name of a sheet holds what COPY would misread
    path.write_text("".join(map(add, found, said)), encoding="utf-8", newline="")
    return len(file.readings) - len(found)


def _cell_escaped(line: str) -> str:
    value, _, locator = line[:-1].partition("\t")
    return f"{value}\t{escaped(locator)}\n"


def write_posts(posts: Iterable[ParsedPost], target: TextIO) -> None:
    """One line a post; its place is what the figures refer to."""
    for place, post in enumerate(posts):
        scheme, number = post.ids[0] if post.ids else ("url", post.url[:200])
        target.write(post_line(place, scheme, number, post))


def post_line(place: int, scheme: str, number: str, post: ParsedPost) -> str:
    title = escaped(post.title[:LONGEST_TITLE]) if post.title else NULL
    kind = escaped(post.kind[:20]) if post.kind else NULL
    return (
        f"{place}\t{scheme}\t{escaped(number)}\t{escaped(post.url)}\t{_moment(post.published_at)}"
        f"\t{post.precision or 'second'}\t{_moment(post.created_on)}\t{title}\t{kind}"
        f"\t{_moment(made_at(scheme, number))}\n"
    )


def bare_post(place: int, scheme: str, number: str, url: str) -> str:
    """A post of which only the number is known: the number itself says when it was published."""
    post = ParsedPost([(scheme, number)], url, made_at(scheme, number))
    return post_line(place, scheme, number, post)


def made_at(scheme: str, number: str) -> datetime | None:
    """When the network made a number, where the number tells."""
    return minted_at(number) if scheme in LINKEDIN and number.isdecimal() else None


def _moment(when: date | datetime | None) -> str:
    return when.isoformat() if when else NULL
