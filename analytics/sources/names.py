"""What the name of a file tells: whose it is, from when to when, and when it was made."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime

COPY = re.compile(r"(?:\s+-\s+(?:corrections|Korrekturen))?(?:\s*\(\d+\))?$")
DAY = r"(\d{4}-\d{2}-\d{2})"
AGGREGATE = re.compile(rf"AggregateAnalytics_(?P<owner>.+?)_{DAY}_{DAY}", re.IGNORECASE)
CONTENT = re.compile(rf"Content_{DAY}_{DAY}_(?P<owner>.+)", re.IGNORECASE)
SINGLE = re.compile(r"(?:Single)?PostAnalytics_(?P<owner>.+?)_(?P<post>\d{10,20})", re.IGNORECASE)
#: Of YouTube: "Content 2026-10-01_2026-10-31 Nordwerk.zip", in German "Videos ...".
YOUTUBE = re.compile(rf"(?:Content|Videos?|Inhalte?)[ _]{DAY}_{DAY}(?:[ _].*)?", re.IGNORECASE)
X = re.compile(rf"account_analytics_content_{DAY}_{DAY}", re.IGNORECASE)
COMPANY = re.compile(r"(?P<account>.+?)_(?P<part>content|updates|followers|visitors)_(?P<ms>1\d{12})", re.IGNORECASE)


@dataclass(slots=True)
class FileName:
    owner: str | None = None
    account: str | None = None
    part: str = ""  # content, followers or visitors of a company page
    post: str | None = None
    window: tuple[date, date] | None = None
    exported_at: datetime | None = None


def read_name(name: str) -> FileName:
    """Facts from a download's name; a renamed file simply tells nothing."""
    stem = COPY.sub("", name.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0])
    for pattern in (AGGREGATE, CONTENT):
        if match := pattern.fullmatch(stem):
            days = [g for g in match.groups() if g and re.fullmatch(DAY, g)]
            return FileName(owner=match["owner"].strip()[:120], window=window_of(days))
    if match := YOUTUBE.fullmatch(stem) or X.fullmatch(stem):
        return FileName(window=window_of(list(match.groups())))
    if match := SINGLE.fullmatch(stem):
        return FileName(owner=match["owner"].strip()[:120], post=match["post"])
    if match := COMPANY.fullmatch(stem):
        return FileName(
            account=match["account"][:120],
            part=match["part"].casefold().replace("updates", "content"),
            exported_at=datetime.fromtimestamp(int(match["ms"]) / 1000, UTC),
        )
    return FileName()


def window_of(days: list[str]) -> tuple[date, date] | None:
    try:
        first, last = (date.fromisoformat(d) for d in days)
    except ValueError:
        return None
    return (first, last) if first <= last else None
