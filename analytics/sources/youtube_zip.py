"""What YouTube Studio packs: a table of videos, the sums of each day, and a chart that repeats the table day by day."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from core.sheets.cells import Unreadable
from core.sheets.values import CONTROL, normalised

from . import mapped_table
from .handover import ParsedFile
from .mapping import DAY
from .network_files import WATCH_HOURS, NetworkFile

PARTS = {
    "table data.csv": "table",
    "tabellendaten.csv": "table",
    "totals.csv": "totals",
    "gesamtwerte.csv": "totals",
    "chart data.csv": "chart",
    "diagrammdaten.csv": "chart",
}
SUMS_OF_DAYS = NetworkFile(
    "youtube_days", "YouTube", DAY, (),
    {
        "date": "date", "datum": "date", "views": "video_views", "aufrufe": "video_views",
        "subscribers": "followers_new", "abonnenten": "followers_new", "impressions": "impressions",
        "impressionen": "impressions", "thumbnail impressions": "impressions", "watch time (hours)": WATCH_HOURS,
        "wiedergabezeit (stunden)": WATCH_HOURS,
    },
)  # fmt: skip
MOST_VIDEOS = 500  # that a download holds


def kind_of(own: str) -> str:
    """Which part it is by its name, soft hyphens and all."""
    return PARTS.get(normalised(own), "")


def read(
    named: Mapping[str, tuple[str, bytes]],
    others: Sequence[str],
    rows: Path,
    posts: Path,
    *,
    name: str,
    today: date | None = None,
) -> ParsedFile:
    """Videos with what they reached in the period of the download, and the channel's days."""
    rows.write_text("", encoding="utf-8")
    posts.write_text("", encoding="utf-8")
    file = _videos(named, rows, posts, name=name, today=today)
    if "totals" in named:
        days = _days(named["totals"][1], rows, name=name, today=today)
        file = _together(file, days) if file else days
    if file is None:
        raise Unreadable("archive_unknown", found=", ".join(label for label, _ in named.values())[:200])
    if "chart" in named:
        file.leave("file", named["chart"][0][:60], named["chart"][0], "chart")
    for other in others:
        if "__MACOSX" not in other:
            file.leave("file", other[:60], CONTROL.sub("", other), "not_opened")
    return file


def _videos(
    named: Mapping[str, tuple[str, bytes]], rows: Path, posts: Path, *, name: str, today: date | None
) -> ParsedFile | None:
    if "table" not in named:
        return None
    path = _unpacked(rows, "table.csv", named["table"][1])
    file = mapped_table.of_network(path, rows, posts, name=name, today=today)
    if file is not None and file.rows_seen >= MOST_VIDEOS:
        file.remark("youtube_rows")
    return file


def _days(content: bytes, rows: Path, *, name: str, today: date | None) -> ParsedFile | None:
    """The sums of each day go behind what is there."""
    path, own = _unpacked(rows, "totals.csv", content), rows.with_name("rows_of_days")
    file = mapped_table.of_days(path, SUMS_OF_DAYS, own, rows.with_name("posts_of_days"), name=name, today=today)
    if file is not None:
        with rows.open("a", encoding="utf-8", newline="") as target:
            target.write(own.read_text(encoding="utf-8"))
    return file


def _unpacked(beside: Path, name: str, content: bytes) -> Path:
    path = beside.with_name(name)
    path.write_bytes(content)
    return path


def _together(videos: ParsedFile, days: ParsedFile | None) -> ParsedFile:
    if days is None:
        return videos
    videos.rows_seen += days.rows_seen
    videos.rows_written += days.rows_written
    videos.totals += days.totals
    videos.warnings += days.warnings
    videos.unread += days.unread
    videos.unread_count += days.unread_count
    videos.refused += days.refused
    videos.refused_count += days.refused_count
    both = videos.content_fingerprint + days.content_fingerprint
    videos.content_fingerprint = hashlib.sha256(both.encode()).hexdigest()
    return videos
