"""A company's page on LinkedIn (organizationalEntityShareStatistics, ...FollowerStatistics, networkSizes, posts).

LinkedIn tells pages what was not paid for, and nothing older than twelve months; so everything here is `organic`.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.utils import timezone

from analytics.connectors.networks.base import (
    Ask,
    DayFigure,
    Profile,
    Tally,
    Told,
    Trouble,
    count,
    known,
    part,
    text,
    words,
)
from analytics.connectors.networks.linkedin_wire import address, elements, urn

OF_A_DAY = {
    "impressionCount": "impressions",
    "uniqueImpressionsCount": "members_reached",
    "clickCount": "clicks",
    "likeCount": "reactions",
    "commentCount": "comments",
    "shareCount": "reposts",
}
A_PAGE, AT_ONCE = 50, 20
ONE_MORE = 20  # posts that are asked for twice: places move up when posts are deleted
EARLIEST = timedelta(days=364)
NEVER_NEGATIVE = ("impressions", "members_reached", "clicks")


def profile(number: str, ask: Ask) -> Profile:
    answer = ask(address(f"organizations/{_id(number)}"))
    name, vanity = words(part(answer, "localizedName"), 120), text(part(answer, "vanityName"), 160)
    if not name:
        raise Trouble("odd")
    url = f"https://www.linkedin.com/company/{urn(vanity or _id(number))}"
    return Profile(number, name, name, url, _followers(number, ask))


def tell(number: str, ask: Ask, *, since: datetime, pages: int, start: str = "") -> Told:
    told = Told(profile(number, ask), segment="organic")
    if not start:
        _all_days(number, ask, told, since)
    _posts(number, ask, told, since=since, pages=pages, start=int(start or 0))
    return told


def _all_days(number: str, ask: Ask, told: Told, since: datetime) -> None:
    now = timezone.now()
    start = max(since, now - EARLIEST).replace(hour=0, minute=0, second=0, microsecond=0)
    until = now.replace(hour=0, minute=0, second=0, microsecond=0)
    asked = {"q": "organizationalEntity", "organizationalEntity": urn(number), "timeIntervals": _by_day(start, until)}
    for row in elements(ask(address("organizationalEntityShareStatistics", **asked))):
        told.days += _day(row, told)
    for row in elements(ask(address("organizationalEntityFollowerStatistics", **asked))):
        told.days += _gained(row, told)


def _id(number: str) -> str:
    return number.rpartition(":")[2]


def _followers(number: str, ask: Ask) -> int | None:
    answer = ask(address(f"networkSizes/{urn(number)}", edgeType="COMPANY_FOLLOWED_BY_MEMBER"))
    return count(part(answer, "firstDegreeSize"))


def _by_day(start: datetime, end: datetime) -> str:
    first, last = (round(each.timestamp() * 1000) for each in (start, end))
    return f"(timeRange:(start:{first},end:{last}),timeGranularityType:DAY)"


def _on(row: Any) -> date | None:
    at = _moment(part(row, "timeRange", "start"))
    return at.date() if at else None


def _moment(value: object) -> datetime | None:
    milliseconds = count(value)
    if milliseconds is None or not 10**12 < milliseconds < 4 * 10**12:
        return None
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def _day(row: Any, told: Told) -> Iterable[DayFigure]:
    day, figures = _on(row), _figures(part(row, "totalShareStatistics"))
    if day is None:
        told.left_out += 1
        return []
    return [DayFigure(metric, day, value) for metric, value in figures.items()]


def _gained(row: Any, told: Told) -> Iterable[DayFigure]:
    day, gained = _on(row), part(row, "followerGains", "organicFollowerGain")
    if day is None or isinstance(gained, bool) or not isinstance(gained, int) or abs(gained) > 10**9:
        told.left_out += 1
        return []
    return [DayFigure("followers_new", day, gained)]


def _figures(told: Any) -> dict[str, int]:
    """Reactions, comments and shares of a day may be fewer than none, when they are taken back."""
    found = []
    for name, metric in OF_A_DAY.items():
        value = part(told, name)
        is_less = isinstance(value, int) and not isinstance(value, bool) and -(10**9) < value < 0
        found.append((metric, value if is_less and metric not in NEVER_NEGATIVE else count(value)))
    return known(found)


def _posts(number: str, ask: Ask, told: Told, *, since: datetime, pages: int, start: int) -> None:
    seen: set[str] = set()
    for first in range(start, start + pages * A_PAGE, A_PAGE):
        asked = {"q": "author", "author": urn(number), "count": str(A_PAGE), "start": str(first)}
        rows = elements(ask(address("posts", **asked)))
        new = [row for row in rows if text(part(row, "id")) not in seen]
        seen.update(text(part(row, "id")) for row in new)
        posts = [_post(row) for row in new]
        told.left_out += posts.count(None)
        fresh = [post for post in posts if post and post.published_at >= since]
        told.posts += _with_figures(number, ask, fresh)
        is_over = any(post and post.published_at < since for post in posts)
        if is_over or not new or len(rows) < A_PAGE:  # nothing new: a page that repeats
            return
    told.is_whole, told.older_from = False, str(start + pages * A_PAGE - ONE_MORE)


def _post(row: Any) -> Tally | None:
    kind, own = _kind(text(part(row, "id")))
    at = _moment(part(row, "publishedAt"))
    if not kind or at is None:
        return None
    url = f"https://www.linkedin.com/feed/update/urn:li:{kind}:{own}"
    return Tally(own, url, at, words(part(row, "commentary")), {}, kind)


def _kind(found: str) -> tuple[str, str]:
    for kind in ("share", "ugcPost"):
        own = found.removeprefix(f"urn:li:{kind}:")
        if own != found and own.isascii() and own.isdigit():
            return kind, own
    return "", ""


def _with_figures(number: str, ask: Ask, posts: list[Tally]) -> list[Tally]:
    """Asked for many at once; a post nobody has seen yet has no statistics, and stays without."""
    figures: dict[tuple[str, str], dict[str, int]] = {}
    for kind, name in (("share", "shares"), ("ugcPost", "ugcPosts")):
        mine = [post for post in posts if post.scheme == kind]
        for first in range(0, len(mine), AT_ONCE):
            urns = ",".join(urn(f"urn:li:{kind}:{post.number}") for post in mine[first : first + AT_ONCE])
            asked = {"q": "organizationalEntity", "organizationalEntity": urn(number), name: f"List({urns})"}
            for row in elements(ask(address("organizationalEntityShareStatistics", **asked))):
                about = text(part(row, "share")) or text(part(row, "ugcPost"))
                told = part(row, "totalShareStatistics")
                figures[_kind(about)] = {metric: value for metric, value in _figures(told).items() if value >= 0}
    return [
        Tally(post.number, post.url, post.published_at, post.title, figures.get((post.scheme, post.number), {}),
              post.scheme)
        for post in posts
    ]  # fmt: skip
