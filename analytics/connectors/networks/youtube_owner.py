"""What YouTube shows of a channel to its owner alone (developers.google.com/youtube/analytics, reports.query): days,
and how long each video was watched. Its days are California's, and the newest come two or three of them late.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone

from analytics.connectors.networks.base import Ask, DayFigure, Told, Trouble, count, part, text

HOST = "youtubeanalytics.googleapis.com"
#: No likes or comments by day: without the impressions beside them a week would look better than it was.
OF_A_DAY = {"views": "video_views"}
GAINED, LOST, WATCHED = "subscribersGained", "subscribersLost", "estimatedMinutesWatched"
FIRST_DAY = "2005-02-14"  # YouTube is not older
VIDEOS_AT_ONCE = 200  # videos in one answer


def of_owner(number: str, ask: Ask, told: Told, *, since: datetime) -> None:
    """Watched minutes are stored as seconds, as other networks tell them."""
    told.days += _days(number, ask, since.date(), told)
    watched: dict[str, int] = {}
    videos = [post.number for post in told.posts]
    for start in range(0, len(videos), VIDEOS_AT_ONCE):
        watched |= _watched(number, ask, videos[start : start + VIDEOS_AT_ONCE])
    told.posts = [
        replace(post, figures={**post.figures, "watch_seconds": watched[post.number]})
        if post.number in watched
        else post
        for post in told.posts
    ]


def _days(number: str, ask: Ask, since: date, told: Told) -> list[DayFigure]:
    metrics = (*OF_A_DAY, WATCHED, GAINED, LOST)
    found: list[DayFigure] = []
    for row in _report(number, ask, metrics, start=since.isoformat(), dimensions="day", sort="day"):
        on = _day(row.get("day"))
        if on is None:
            told.left_out += 1
            continue
        figures = [(metric, count(row.get(name))) for name, metric in OF_A_DAY.items()]
        minutes, gained, lost = (count(row.get(name)) for name in (WATCHED, GAINED, LOST))
        figures.append(("watch_seconds", None if minutes is None else 60 * minutes))
        figures.append(("followers_new", None if gained is None or lost is None else gained - lost))
        found += [DayFigure(metric, on, value) for metric, value in figures if value is not None]
    return found


def _watched(number: str, ask: Ask, videos: Sequence[str]) -> dict[str, int]:
    told = _report(
        number, ask, (WATCHED,), start=FIRST_DAY, dimensions="video", sort=f"-{WATCHED}",
        filters=f"video=={','.join(videos)}", maxResults=str(VIDEOS_AT_ONCE),
    )  # fmt: skip
    found = {text(row.get("video")): count(row.get(WATCHED)) for row in told}
    return {video: 60 * minutes for video, minutes in found.items() if video and minutes is not None}


def _report(number: str, ask: Ask, metrics: Sequence[str], *, start: str, **more: str) -> Iterator[dict[str, Any]]:
    """The rows of a report by the names of their columns; one without rows says so by leaving them out."""
    asked = {"ids": f"channel=={number}", "startDate": start, "endDate": timezone.now().date().isoformat()}
    answer = ask(f"https://{HOST}/v2/reports?{urlencode(asked | {'metrics': ','.join(metrics)} | more)}")
    heads, rows = part(answer, "columnHeaders"), part(answer, "rows")
    if not isinstance(heads, list) or not isinstance(rows, list | None):
        raise Trouble("odd")
    names = [text(part(head, "name")) for head in heads]
    for row in rows or []:
        if isinstance(row, list) and len(row) == len(names):
            yield dict(zip(names, row, strict=True))


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        return None
