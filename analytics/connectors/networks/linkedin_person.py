"""A person's own profile on LinkedIn (memberCreatorPostAnalytics, memberCreatorVideoAnalytics, memberFollowersCount).

Days come as sums over all posts; a single post is asked about by its number, seven to ten questions each, of the
hundred that LinkedIn answers for a person a day. “Members reached” exists for no single day.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from analytics.connectors.networks.base import (
    Ask,
    DayFigure,
    KnownPost,
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
from analytics.connectors.networks.linkedin_wire import API, address, between, elements, first_day, urn

DAILY = {"IMPRESSION": "impressions", "REACTION": "reactions", "COMMENT": "comments", "RESHARE": "reposts"}
OF_A_POST = {
    "IMPRESSION": "impressions",
    "MEMBERS_REACHED": "members_reached",
    "REACTION": "reactions",
    "COMMENT": "comments",
    "RESHARE": "reposts",
    "POST_SAVE": "saves",
    "POST_SEND": "sends",
}
#: LinkedIn forgets plays and viewers a year after the post; what was fetched stays. It knows them for no single day.
PLAYS, VIEWERS, WATCHED = "VIDEO_PLAY", "VIDEO_VIEWER", "VIDEO_WATCH_TIME"
OF_ONE_POST = 10  # questions at the most: seven, and three where there is a video
MOST_QUESTIONS = 90  # with the days that is less than the hundred a day
NONE_OF_IT = ("gone", "denied", "refused")  # deleted there, of somebody else, or no video
KINDS = {"share": "share", "ugcPost": "ugc"}
VIDEO = "ugcPost"
POSTS, VIDEOS = "memberCreatorPostAnalytics", "memberCreatorVideoAnalytics"


def profile(ask: Ask) -> Profile:
    answer = ask(f"https://{API}/v2/me")
    number = text(part(answer, "id"))
    if not number:
        raise Trouble("odd")
    first, last = (words(part(answer, f"localized{name}Name"), 60) for name in ("First", "Last"))
    name, vanity = f"{first} {last}".strip(), text(part(answer, "vanityName"), 100)
    url = f"https://www.linkedin.com/in/{urn(vanity)}" if vanity else "https://www.linkedin.com/"
    return Profile(f"urn:li:person:{number}", name or vanity or number, name, url, None)


def tell(ask: Ask, *, since: datetime) -> Told:
    """Days up to yesterday: LinkedIn is still counting today."""
    me, until = profile(ask), timezone.now().date()
    span = between(since.date(), until)
    told = Told(Profile(me.number, me.handle, me.name, me.url, _followers(ask)))
    for kind, metric in DAILY.items():
        asked = {"q": "me", "queryType": kind, "aggregation": "DAILY", "dateRange": span}
        told.days += _days(ask(address(POSTS, **asked)), metric, "count", until, told)
    answer = ask(address("memberFollowersCount", q="dateRange", dateRange=span))
    told.days += _days(answer, "followers_new", "memberFollowersCount", until, told)
    return told


def _followers(ask: Ask) -> int | None:
    rows = elements(ask(address("memberFollowersCount", q="me")))
    return count(part(rows[0], "memberFollowersCount")) if rows else None


def _days(answer: Any, metric: str, name: str, until: date, told: Told) -> list[DayFigure]:
    found: dict[date, DayFigure] = {}
    for row in elements(answer):
        day, value = first_day(row), _signed(part(row, name))
        if day is None or value is None:
            told.left_out += 1
        elif day < until:
            found[day] = DayFigure(metric, day, value)
    return list(found.values())


def _signed(value: object) -> int | None:
    """Reactions and followers can be taken back, so a day may have fewer than none."""
    if isinstance(value, int) and not isinstance(value, bool) and value < 0:
        less = count(-value)
        return None if less is None else -less
    return count(value)


class _Counted:
    """Asks, and counts how often."""

    def __init__(self, ask: Ask) -> None:
        self.ask, self.questions = ask, 0

    def __call__(self, url: str) -> Any:
        self.questions += 1
        return self.ask(url)


def of_known(ask: Ask, posts: Sequence[KnownPost]) -> list[Tally]:
    found: list[Tally] = []
    counted = _Counted(ask)
    for post in posts:
        if counted.questions > MOST_QUESTIONS - OF_ONE_POST:
            break
        if post.scheme not in KINDS:
            continue
        try:
            figures = known([(metric, _of_post(counted, post, kind, POSTS)) for kind, metric in OF_A_POST.items()])
        except Trouble as trouble:
            if trouble.code in NONE_OF_IT[:2]:  # the others still count
                continue
            raise
        figures |= _of_video(counted, post)
        found.append(Tally(post.number, post.url, post.published_at, post.title, figures, post.scheme))
    return found


def _of_video(ask: Ask, post: KnownPost) -> dict[str, int]:
    """Only posts of the kind that can hold a video are asked about; of one without there is an error, or nothing."""
    if post.scheme != VIDEO:
        return {}
    try:
        plays = _of_post(ask, post, PLAYS, VIDEOS)
        if plays is None:
            return {}
        viewers, watched = (_of_post(ask, post, kind, VIDEOS) for kind in (VIEWERS, WATCHED))
    except Trouble as trouble:
        if trouble.code in NONE_OF_IT:
            return {}
        raise
    seconds = None if watched is None else round(watched / 1000)  # LinkedIn tells milliseconds
    return known([("video_views", plays), ("video_viewers", viewers), ("watch_seconds", seconds)])


def _of_post(ask: Ask, post: KnownPost, kind: str, of: str) -> int | None:
    entity = f"({KINDS[post.scheme]}:{urn(f'urn:li:{post.scheme}:{post.number}')})"
    asked = {"q": "entity", "entity": entity, "queryType": kind, "aggregation": "TOTAL"}
    rows = elements(ask(address(of, **asked)))
    return count(part(rows[0], "count")) if rows else None
