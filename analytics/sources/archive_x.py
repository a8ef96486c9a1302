"""X's archive of one's own data: posts out of `data/tweets.js`, the name out of `data/account.js`, nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import datetime
from html import unescape
from typing import Any

from core.sheets.cells import Unreadable
from core.sheets.days import MONTHS
from core.sheets.values import CONTROL

from .handover import ParsedFile, ParsedPost
from .linkedin_ids import post_key

PARTS = re.compile(r"(tweets|account)(?:-part\d+)?\.js", re.IGNORECASE)
#: "Fri Oct 02 07:14:09 +0000 2026"
MADE_AT = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{2}) (\d{2}:\d{2}:\d{2}) ([+-]\d{4}) (\d{4})")
HANDLE = re.compile(r"\w{1,30}")
LONGEST_X = 25_000


def read(accounts: Iterable[bytes], tweets: Iterable[bytes]) -> ParsedFile:
    """What the person wrote: no shared posts of others, no answers to others."""
    file = ParsedFile("x_archive")
    handle = next((name for content in accounts for name in _handles(content)), "")
    file.accounts = [f"X @{handle}" if handle else "X"]
    shared = answers = 0
    for content in tweets:
        for number, item in enumerate(_items(content), start=1):
            tweet = item.get("tweet", item) if isinstance(item, dict) else {}
            text = str(tweet.get("full_text") or tweet.get("text") or "")[:LONGEST_X]
            if text.startswith("RT @"):
                shared += 1
                continue
            if tweet.get("in_reply_to_status_id_str") or tweet.get("in_reply_to_user_id_str"):
                answers += 1
                continue
            file.rows_seen += 1
            name, when = str(tweet.get("id_str") or ""), _moment(str(tweet.get("created_at") or ""))
            if not (name.isascii() and name.isdigit() and len(name) < 25) or when is None:
                file.refuse("tweets.js", number, "", "url_unreadable", text=name[:60])
                continue
            url = f"https://x.com/{handle or 'i'}/status/{name}"
            title = CONTROL.sub("", unescape(text)).strip() or None
            file.posts.append(ParsedPost([post_key(url)], url, when, title=title))
    if shared or answers:
        file.remark("archive_answers", shared=shared, answers=answers)
    return file


def _handles(content: bytes) -> list[str]:
    told = [item.get("account", {}) for item in _items(content) if isinstance(item, dict)]
    return [name for each in told if isinstance(each, dict) and HANDLE.fullmatch(name := str(each.get("username", "")))]


def _items(content: bytes) -> list[Any]:
    """`window.YTD.tweets.part0 = [...]`: what stands behind the first sign of equality is JSON."""
    try:
        _, _, told = content.decode("utf-8-sig").partition("=")
        found = json.loads(told)
    except (ValueError, RecursionError):
        raise Unreadable("damaged") from None
    return found if isinstance(found, list) else []


def _moment(text: str) -> datetime | None:
    match = MADE_AT.fullmatch(text)
    if match is None:
        return None
    try:
        return datetime.fromisoformat(
            f"{match[5]}-{MONTHS.get(match[1].casefold(), 0):02}-{match[2]}T{match[3]}{match[4]}"
        )
    except ValueError:
        return None
