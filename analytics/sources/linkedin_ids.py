"""Numbers in LinkedIn addresses: they name a post, and tell when it was published."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote, urlsplit

HOSTS = re.compile(r"(?:(?:www|m|[a-z]{2,3})\.)?linkedin\.com")  # countries have their own: de.linkedin.com
POST = re.compile(r"(activity|share|ugcPost)(?::|%3A|-)(\d{10,20})(?!\d)", re.IGNORECASE)
#: As exports write it; the search for all other ways takes ten times as long.
USUAL = re.compile(r"https://www\.linkedin\.com/feed/update/urn:li:(activity|share|ugcPost):(\d{10,20})(?![\d%])")
SCHEMES = {"activity": "activity", "share": "share", "ugcpost": "ugcPost"}
LONGEST_URL = 400
LONGEST_KEY = 200
#: The one address in which what follows the question mark is the thing itself.
WATCH = re.compile(r"https://(?:www\.|m\.)?youtube\.com/watch\?(?:[^#]*&)?v=([\w-]{6,20})")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
#: LinkedIn did not mint such numbers earlier; a number that says so is not one of them.
EARLIEST = datetime(2010, 1, 1, tzinfo=UTC)
LATEST = datetime(2100, 1, 1, tzinfo=UTC)


def post_id(url: str) -> tuple[str, str] | None:
    """Which number a post address carries: ("activity", "7330125177223049218").  Always text: it exceeds a float."""
    match = USUAL.match(url) or POST.search(unquote(url))
    return (SCHEMES[match[1].lower()], match[2]) if match else None


def minted_at(number: str) -> datetime | None:
    """When the number was made: its upper bits are milliseconds since 1970."""
    milliseconds = int(number) >> 22
    if not 0 < milliseconds < 4_102_444_800_000:
        return None
    when = EPOCH + timedelta(milliseconds=milliseconds)
    return when if EARLIEST <= when < LATEST else None


def is_linkedin(url: str) -> bool:
    """An https address of LinkedIn itself; the address is kept as text and never fetched."""
    try:
        parts = urlsplit(url)
        return (
            parts.scheme == "https"
            and HOSTS.fullmatch(parts.hostname or "") is not None
            and parts.port in {None, 443}
            and "@" not in parts.netloc
        )
    except ValueError:
        return False


def clean_url(url: str) -> str:
    """The address without what tracks the click."""
    if video := WATCH.match(url):
        return f"https://youtu.be/{video[1]}"
    return url.split("?", 1)[0].split("#", 1)[0].rstrip("/")[:LONGEST_URL]


def post_key(url: str) -> tuple[str, str]:
    """What a post is found by: its number, or its address where that has none."""
    return post_id(url) or ("url", clean_url(url)[:LONGEST_KEY])
