"""Archives of one's own data: LinkedIn's and X's zip, Mastodon's zip or tape. They hold posts and no figures. And
YouTube's downloads, which are packed as well.

Whom somebody knows, what others wrote, and messages are never opened or only counted; every file is named.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path
from typing import Any

from core.sheets.archive import parts_of
from core.sheets.cells import Unreadable
from core.sheets.values import CONTROL, normalised

from . import archive_x, youtube_zip
from .handover import ParsedFile, ParsedPost
from .linkedin_ids import clean_url, is_linkedin, minted_at, post_key
from .rows import write_posts
from .table_lines import HTTPS

LINKEDIN = re.compile(r"(shares|comments|reactions|connections|profile)(?:_\d+)?\.csv", re.IGNORECASE)
MASTODON = re.compile(r"(outbox|actor)\.json", re.IGNORECASE)
LISTED = 30  # posts that the preview shows
TAGS = re.compile(r"<br\s*/?>|</p>\s*<p[^>]*>", re.IGNORECASE)
ANY_TAG = re.compile(r"<[^>]{0,2000}>")
#: LinkedIn puts each paragraph of a text into quotation marks of its own.
PARAGRAPHS = re.compile(r'"\r?\n"')
LONGEST_TEXT = 65_536 * 4


def read(path: Path, rows: Path, posts: Path, *, name: str = "", today: date | None = None) -> ParsedFile:
    """The posts of an archive that we know, or Unreadable with the reason."""
    if name.casefold().endswith(".js"):
        return _kept(archive_x.read([], [path.read_bytes()]), rows, posts)
    found, others = parts_of(path, lambda name: kind_of(name) != "")
    named = {kind_of(name): (name, content) for name, content in found.items()}
    if "table" in named or "totals" in named:
        return youtube_zip.read(named, [*others], rows, posts, name=name, today=today)
    if "tweets" in named:
        parts = {kind: [found[each] for each in sorted(found) if kind_of(each) == kind] for kind in named}
        file = archive_x.read(parts.get("account", []), parts["tweets"])
    elif "outbox" in named:
        file = _mastodon(named)
    elif named.keys() & {"shares", "comments", "reactions", "connections"}:
        file = _linkedin(named)
    else:
        raise Unreadable("archive_unknown", found=", ".join(sorted(others)[:6])[:200] or "–")
    for name in others:
        if "__MACOSX" not in name:
            file.leave("file", name[:60], CONTROL.sub("", name), "not_opened")
    return _kept(file, rows, posts)


def _kept(file: ParsedFile, rows: Path, posts: Path) -> ParsedFile:
    """The posts go to their file; there are no figures."""
    if not file.posts:
        raise Unreadable("archive_empty")
    rows.write_text("", encoding="utf-8")
    with posts.open("w", encoding="utf-8", newline="") as target:
        write_posts(file.posts, target)
    file.repeats, file.posts_written = 0, len(file.posts)
    file.content_fingerprint = hashlib.sha256(posts.read_bytes()).hexdigest()
    file.listed = [
        [post.published_at.date().isoformat() if post.published_at else "", (post.title or "")[:120], post.url]
        for post in file.posts[:LISTED]
    ]
    return file


def kind_of(name: str) -> str:
    """Which part of an archive it is, in it or in one folder; "" where it is none that we read."""
    folder, _, own = name.replace("\\", "/").rpartition("/")
    if "/" in folder or folder == "__MACOSX":
        return ""
    if known := youtube_zip.kind_of(own):
        return known
    match = LINKEDIN.fullmatch(own) or MASTODON.fullmatch(own) or archive_x.PARTS.fullmatch(own)
    return match[1].casefold() if match else ""


def _linkedin(named: dict[str, tuple[str, bytes]]) -> ParsedFile:
    file = ParsedFile("linkedin_archive", locale="en")
    if "profile" in named:
        file.owner_name = _owner(named["profile"][1])
    counts = {
        kind: len(list(_records(*named[kind]))) for kind in ("comments", "reactions", "connections") if kind in named
    }
    for kind in counts:
        file.leave("file", named[kind][0][:60], named[kind][0], "counted")
    if counts:
        file.remark(
            "archive_counted", **{kind: counts.get(kind, 0) for kind in ("comments", "reactions", "connections")}
        )
    if "shares" not in named:
        raise Unreadable("archive_empty")
    name, content = named["shares"]
    seen: set[tuple[str, str]] = set()
    for line, row in _records(name, content):
        file.rows_seen += 1
        url = row.get("sharelink", "").strip()
        if not is_linkedin(url):
            file.refuse(name, line, "ShareLink", "url_not_linkedin", text=url[:80])
            continue
        key = post_key(url)
        when = (minted_at(key[1]) if key[0] != "url" else None) or moment(row.get("date", ""))
        if when is None:
            file.refuse(name, line, "Date", "date_unreadable", text=row.get("date", "")[:40])
        elif key not in seen:
            seen.add(key)
            text = PARAGRAPHS.sub("\n", row.get("sharecommentary", "")).strip()
            file.posts.append(ParsedPost([key], clean_url(url), when, title=CONTROL.sub("", text) or None))
    return file


def _records(name: str, content: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows by label, each with its line. Some files write a quotation mark as `\\"`: what gives more days is right."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("encoding") from None
    csv.field_size_limit(LONGEST_TEXT)
    ways: list[list[tuple[int, list[str]]]] = []
    for more in ({}, {"escapechar": "\\"}):
        reader = csv.reader(io.StringIO(text, newline=""), **more)  # type: ignore[arg-type]
        try:
            ways.append([(reader.line_num, row) for row in reader])
        except csv.Error:
            continue
    if not ways:
        raise Unreadable("csv_syntax", line=1)
    # What is taken apart at the wrong place makes rows whose first cell is no day.
    table = min(ways, key=lambda rows: sum(bool(row and row[0] and moment(row[0]) is None) for _, row in rows))
    head = next(
        (n for n, (_, row) in enumerate(table) if len(row) > 2 or (len(row) > 1 and "date" in map(normalised, row))), 0
    )
    labels: Sequence[str] = [normalised(label) for label in table[head][1]] if table else []
    for line, row in table[head + 1 :]:
        if any(row):
            yield line, dict(zip(labels, row, strict=False))


def _owner(content: bytes) -> str:
    """The name alone; address and day of birth are in the same file, and are not looked at."""
    for _, row in _records("Profile.csv", content):
        return " ".join(f"{row.get('first name', '')} {row.get('last name', '')}".split())[:120]
    return ""


def moment(text: str) -> datetime | None:
    try:
        when = datetime.fromisoformat(text.strip().removesuffix(" UTC"))
    except ValueError:
        return None
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def _mastodon(named: dict[str, tuple[str, bytes]]) -> ParsedFile:
    outbox = _json(named["outbox"][1])
    actor = _json(named["actor"][1]) if "actor" in named else {}
    handle = str(actor.get("preferredUsername", "")) if isinstance(actor, dict) else ""
    file = ParsedFile("mastodon_archive")
    file.accounts = [f"Mastodon @{CONTROL.sub('', handle)}" if handle else "Mastodon"]
    items = outbox.get("orderedItems", []) if isinstance(outbox, dict) else []
    boosts = closed = 0
    for number, item in enumerate(items if isinstance(items, list) else [], start=1):
        what = item.get("object") if isinstance(item, dict) else None
        if not isinstance(what, dict):
            boosts += 1
            continue
        file.rows_seen += 1
        public = "https://www.w3.org/ns/activitystreams#Public"
        if public not in [*_several(what.get("to")), *_several(what.get("cc"))]:
            closed += 1
            continue
        url, when = str(what.get("url") or what.get("id") or ""), moment(str(what.get("published", "")))
        if not HTTPS.fullmatch(url) or when is None:
            file.refuse("outbox.json", number, "", "url_unreadable", text=url[:60])
            continue
        file.posts.append(ParsedPost([post_key(url)], clean_url(url), when, title=_plain(str(what.get("content", "")))))
    if boosts or closed:
        file.remark("archive_aside", boosts=boosts, closed=closed)
    return file


def _json(content: bytes) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        raise Unreadable("damaged") from None


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _plain(html: str) -> str | None:
    text = unescape(ANY_TAG.sub("", TAGS.sub("\n", html[:LONGEST_TEXT])))
    return CONTROL.sub("", text).strip() or None
