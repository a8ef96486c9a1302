"""YouTube: what everybody sees of a channel (developers.google.com/youtube/v3/docs: channels, playlistItems, videos),
and with its owner's permission what only they see (`youtube_owner`).

The site's operator brings a key of their own. A channel costs one unit of the day's 10,000 and two for every 50 videos.
YouTube rounds the number of subscribers down to three digits.
"""

import re
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from json import loads
from typing import Any
from urllib.parse import quote, unquote, urlencode, urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from analytics.channels.models import Network
from analytics.connectors.networks import youtube_owner
from analytics.connectors.networks.base import (
    JSON,
    Answer,
    Ask,
    Handle,
    Profile,
    Tally,
    Told,
    Trouble,
    count,
    known,
    lists_its_posts,
    moment,
    part,
    read_json,
    text,
    words,
)
from analytics.connectors.networks.oauth import SignIn
from analytics.connectors.site_keys import YOUTUBE, YOUTUBE_ID, YOUTUBE_SECRET, site_key
from core.kit.public_hosts import is_listed

HOST = "www.googleapis.com"
SITES = ("youtube.com", "www.youtube.com", "m.youtube.com")
NAME = re.compile(r"/(?P<name>@[^\s/]{3,100}|channel/UC[A-Za-z0-9_-]{22})(?:/.*)?")
A_PAGE = 50
DAY_OVER = frozenset({"quotaExceeded", "dailyLimitExceeded"})
TOO_FAST = frozenset({"rateLimitExceeded", "userRateLimitExceeded"})
NO_KEY = frozenset({"keyInvalid", "badRequest", "accessNotConfigured", "ipRefererBlocked"})
NO_ACCESS = frozenset({"forbidden"})  # of this site; where an owner signed in, of that person to the channel
DENIED = frozenset({"insufficientPermissions"})
CALIFORNIA = ZoneInfo("America/Los_Angeles")  # at midnight there the day's units come back

scheme, seconds_between = "youtube", 0.1
types, read, of_known = JSON, read_json, lists_its_posts
of_owner = youtube_owner.of_owner


def is_ready() -> bool:
    return bool(site_key(YOUTUBE))


def headers(access: str) -> dict[str, str]:
    """In a header, since addresses are written down on the way; the owner's permission, or this site's own key."""
    return {"Authorization": f"Bearer {access}"} if access else {"X-Goog-Api-Key": site_key(YOUTUBE)}


def trouble(answer: Answer) -> Trouble | None:
    """Both the day's end of units and a wrong key are 400 or 403: neither is the account's fault."""
    if answer.status not in (400, 403):
        return None
    try:
        errors = part(loads(answer.body), "error", "errors")
    except (ValueError, RecursionError):
        return None
    reasons = {text(part(each, "reason")) for each in errors} if isinstance(errors, list) else set()
    if reasons & DAY_OVER:
        return Trouble("busy", pause_seconds=_until_midnight())
    if reasons & TOO_FAST:
        return Trouble("busy")
    if reasons & DENIED or (reasons & NO_ACCESS and urlsplit(answer.url).hostname == youtube_owner.HOST):
        return Trouble("denied")
    return Trouble("no_key") if reasons & (NO_KEY | NO_ACCESS) else None


def _until_midnight() -> int:
    now = timezone.now()
    tomorrow = now.astimezone(CALIFORNIA).date() + timedelta(days=1)
    return round((datetime.combine(tomorrow, time(), CALIFORNIA) - now).total_seconds())


def place(said: str) -> Handle | None:
    """The address of a channel: by its name with an @, or by its number."""
    if not said.startswith("https://"):
        return None
    try:
        parts = urlsplit(said)
    except ValueError:
        return None
    found = NAME.fullmatch(unquote(parts.path)) if parts.hostname in SITES else None
    return Handle(Network.YOUTUBE, HOST, found["name"].removeprefix("channel/")) if found else None


def find(place: Handle, ask: Ask) -> Profile:
    which = {"forHandle" if place.handle.startswith("@") else "id": place.handle}
    return _profile(_channel(ask, which))


def tell(host: str, number: str, ask: Ask, *, since: datetime, pages: int, start: str = "") -> Told:
    channel = _channel(ask, {"id": number})
    told = Told(_profile(channel))
    uploads = text(part(channel, "contentDetails", "relatedPlaylists", "uploads"))
    asked = {"part": "contentDetails", "playlistId": uploads, "maxResults": str(A_PAGE)}
    asked |= {"pageToken": start} if start else {}
    for _page in range(pages):
        if not uploads or part(channel, "statistics", "videoCount") == "0":  # the list of none is "not found"
            return told
        answer = ask(_address("playlistItems", **asked))
        new = [text(part(row, "contentDetails", "videoId")) for row in _rows(answer)]
        posts = list(_videos(ask, number, [each for each in new if each])) if any(new) else []
        told.left_out += posts.count(None)
        told.posts += [post for post in posts if post and post.published_at >= since]
        is_over = any(post and post.published_at < since for post in posts)
        token = text(part(answer, "nextPageToken"), 500)
        if is_over or not new or not token or token == asked.get("pageToken"):  # the last: a page that repeats
            return told
        asked["pageToken"] = token
    told.is_whole, told.older_from = False, asked.get("pageToken", "")
    return told


def _videos(ask: Ask, channel: str, numbers: list[str]) -> Iterable[Tally | None]:
    answer = ask(_address("videos", part="snippet,statistics", id=",".join(numbers[:A_PAGE]), maxResults=str(A_PAGE)))
    return [_post(row) for row in _rows(answer) if text(part(row, "snippet", "channelId")) == channel]


def _address(method: str, **asked: str) -> str:
    return f"https://{HOST}/youtube/v3/{method}?{urlencode(asked)}"


def _channel(ask: Ask, which: dict[str, str]) -> Any:
    answer = ask(_address("channels", part="snippet,statistics,contentDetails", **which))
    if isinstance(answer, dict) and not answer.get("items"):  # a channel that is gone is an empty answer
        raise Trouble("gone")
    return _rows(answer)[0]


def _rows(answer: Any) -> list[Any]:
    rows = part(answer, "items")
    if not isinstance(rows, list):
        raise Trouble("odd")
    return rows


def _profile(channel: Any) -> Profile:
    number, name = text(part(channel, "id")), words(part(channel, "snippet", "title"), 120)
    if not number.startswith("UC") or not name:
        raise Trouble("odd")
    handle = text(part(channel, "snippet", "customUrl"), 160) or name
    is_hidden = part(channel, "statistics", "hiddenSubscriberCount") is True
    followers = None if is_hidden else _times(part(channel, "statistics", "subscriberCount"))
    return Profile(number, handle, name, f"https://www.youtube.com/channel/{quote(number)}", followers)


def _times(value: object) -> int | None:
    """YouTube writes its numbers as text."""
    if not isinstance(value, str) or not (value.isascii() and value.isdigit() and len(value) < 17):
        return None
    return count(int(value))


def _post(row: Any) -> Tally | None:
    at, own = moment(part(row, "snippet", "publishedAt")), text(part(row, "id"))
    if at is None or not own:
        return None
    told = part(row, "statistics")
    figures = known(
        [
            ("video_views", _times(part(told, "viewCount"))),
            ("reactions", _times(part(told, "likeCount"))),
            ("comments", _times(part(told, "commentCount"))),
        ]
    )
    return Tally(
        own, f"https://www.youtube.com/watch?v={quote(own)}", at, words(part(row, "snippet", "title")), figures
    )


# --- signing in (developers.google.com/identity/protocols/oauth2/web-server) ------------------------------------------

TOKENS = "oauth2.googleapis.com"
SCOPES = " ".join(f"https://www.googleapis.com/auth/{each}" for each in ("youtube.readonly", "yt-analytics.readonly"))


def servers_to_sign_in() -> tuple[str, ...]:
    """Which of Google's servers are asked with an owner's permission."""
    return (HOST, youtube_owner.HOST, TOKENS)


def can_sign_in() -> bool:
    """Whether the operator registered this site at Google and allows its servers."""
    may = all(is_listed(host, settings.CONNECTOR_HOSTS) for host in servers_to_sign_in())
    return bool(may and site_key(YOUTUBE_ID) and site_key(YOUTUBE_SECRET))


def accounts(_is_company: bool, _host: str, ask: Ask) -> list[Profile]:
    """The channels of who signed in; a Google account may have none."""
    answer = ask(_address("channels", part="snippet,statistics,contentDetails", mine="true"))
    rows = part(answer, "items")
    return [_profile(row) for row in rows] if isinstance(rows, list) else []


def handle(profile: Profile, _host: str) -> Handle:
    return Handle(Network.YOUTUBE, HOST, profile.number)


sign_in = SignIn(
    page="https://accounts.google.com/o/oauth2/v2/auth",
    token=f"https://{TOKENS}/token",
    revoke=f"https://{TOKENS}/revoke",
    scopes=lambda _is_company: SCOPES,
    accounts=accounts,
    handle=handle,
    is_ready=can_sign_in,
    keys=(YOUTUBE_ID, YOUTUBE_SECRET),
    takes_proof=True,
    is_endless=True,
    is_in_parts=True,
    more={"access_type": "offline", "prompt": "consent"},  # or there is nothing to renew a token with
)
