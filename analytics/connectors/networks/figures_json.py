"""Figures that a server of one's own tells as JSON: an intranet, an evaluation tool, a script (docs/json-source.md).

Also what is called JSON Feed (jsonfeed.org): entries with their day, and no figures.
"""

from datetime import date, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from analytics.channels.models import Network
from analytics.connectors.networks.base import (
    LONGEST_ID,
    Answer,
    Ask,
    DayFigure,
    Handle,
    Profile,
    Tally,
    Told,
    Trouble,
    count,
    known,
    lists_its_posts,
    moment,
    no_headers,
    nothing_needed,
    part,
    read_json,
    shows_no_more,
    text,
    usual_trouble,
    words,
)
from analytics.sources.codes import METRICS
from core.kit.public_hosts import plain_host

TYPES = ("application/json", "application/feed+json")
MOST = 5000  # rows of a page that are looked at
#: A day's value of these is no sum, so it may not be fewer than none.
COUNTS_OF_A_DAY = tuple(name for name in METRICS if name not in ("followers_total", "followers_gained"))

types, scheme, seconds_between = TYPES, "json", 1.0
is_ready, headers, trouble = nothing_needed, no_headers, usual_trouble
of_known, of_owner = lists_its_posts, shows_no_more


def read(answer: Answer) -> Any:
    return read_json(answer)


def place(said: str) -> Handle | None:
    """The https address of a file that is called something.json."""
    try:
        parts = urlsplit(said)
    except ValueError:
        return None
    host = plain_host(parts.hostname or "") if parts.scheme == "https" else ""
    is_json = parts.path.lower().endswith(".json")
    if not host or not is_json or len(said) > LONGEST_ID or " " in said:
        return None
    return Handle(Network.OTHER, host, said)


def find(place: Handle, ask: Ask) -> Profile:
    return _profile(ask(place.handle), place.handle)


def tell(host: str, number: str, ask: Ask, *, since: datetime, pages: int, start: str = "") -> Told:
    address, seen = start or number, {number, start}
    told: Told | None = None
    posts: set[str] = set()
    for _page in range(pages):
        answer = ask(address)
        if told is None:
            told = Told(_profile(answer, number))  # of each page: they are made alike
        new = _page_of(answer, told, since, posts)
        following = text(part(answer, "next"), 400) or text(part(answer, "next_url"), 400)
        address = urljoin(address, following) if following else ""
        # the end: no further page, one that was there, one of another server, or one that repeats
        if not address or address in seen or plain_host(urlsplit(address).hostname or "") != host or not new:
            return told
        seen.add(address)
    if told is None:
        raise Trouble("odd")
    told.is_whole, told.older_from = False, address
    return told


def _page_of(answer: Any, told: Told, since: datetime, seen: set[str]) -> bool:
    """Whether a page said anything that was not there."""
    before = len(told.days), len(seen)
    rows = part(answer, "posts")
    rows = rows if isinstance(rows, list) else part(answer, "items")
    for row in rows[:MOST] if isinstance(rows, list) else []:
        number = text(part(row, "id"))
        if number in seen:
            continue
        seen.add(number)
        post = _post(row)
        if post is None:
            told.left_out += 1
        elif post.published_at >= since:
            told.posts.append(post)
    days = part(answer, "days")
    for row in days[:MOST] if isinstance(days, list) else []:
        figures = _day(row)
        if figures is None:
            told.left_out += 1
        else:
            told.days += [each for each in figures if each not in told.days and each.on >= since.date()]
    return before != (len(told.days), len(seen))


def _profile(answer: Any, address: str) -> Profile:
    account = part(answer, "account")
    account = account if isinstance(account, dict) else {}
    is_feed = text(part(answer, "version"), 100).startswith("https://jsonfeed.org/version/")
    if not is_feed and not any(isinstance(part(answer, name), list) for name in ("posts", "days")):
        raise Trouble("odd")
    name = words(account.get("name"), 120) or words(part(answer, "title"), 120) or (urlsplit(address).hostname or "")
    url = text(account.get("url"), 400) or text(part(answer, "home_page_url"), 400)
    return Profile(
        address, name[:160], name, url if url.startswith("https://") else address, count(account.get("followers"))
    )


def _post(row: Any) -> Tally | None:
    number = text(part(row, "id"))
    at = moment(part(row, "published_at")) or moment(part(row, "date_published"))
    if not number or at is None:
        return None
    told = part(row, "figures")
    figures = known([(name, count(part(told, name))) for name in METRICS])
    url = text(part(row, "url"), 400)
    title = words(part(row, "title")) or words(part(row, "content_text"))
    return Tally(number, url if url.startswith("https://") else "", at, title, figures)


def _day(row: Any) -> list[DayFigure] | None:
    try:
        on = date.fromisoformat(text(part(row, "day"), 10))
    except ValueError:
        return None
    found = known([(name, count(part(row, name))) for name in COUNTS_OF_A_DAY])
    return [DayFigure(metric, on, value) for metric, value in found.items()] or None
