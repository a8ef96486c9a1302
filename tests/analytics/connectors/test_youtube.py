"""YouTube's public view of a channel, in answers shaped after its documentation (youtube/v3/docs)."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from analytics.connectors import asking, finding
from analytics.connectors.models import Server
from analytics.connectors.networks import youtube
from analytics.connectors.networks.base import Handle, Told, Trouble
from analytics.connectors.networks.known import place_of
from core.kit import fetch
from core.people.models import User
from tests.analytics.connectors.networks import NOW

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
CHANNEL, UPLOADS = "UC" + "n" * 22, "UU" + "n" * 22
ABOUT: dict[str, Any] = {
    "id": CHANNEL,
    "snippet": {"title": "Nordwerk", "customUrl": "@nordwerk"},
    "statistics": {"viewCount": "9", "subscriberCount": "1230", "hiddenSubscriberCount": False, "videoCount": "60"},
    "contentDetails": {"relatedPlaylists": {"uploads": UPLOADS}},
}


def video(number: str, *, day: int = 20, **statistics: Any) -> dict[str, Any]:
    told = {"viewCount": "1500", "likeCount": "12", "commentCount": "3", "favoriteCount": "0"} | statistics
    snippet = {"channelId": CHANNEL, "title": f"Film {number}", "publishedAt": f"2026-11-{day:02}T08:00:00Z"}
    return {"id": number, "snippet": snippet, "statistics": told}


class Answers:
    """What is asked in turn, and what was asked."""

    def __init__(self, *pages: list[dict[str, Any]], channel: Any = ABOUT, stands_still: bool = False) -> None:
        self.pages, self.channel, self.stands_still = pages, channel, stands_still
        self.asked: list[str] = []

    def __call__(self, url: str) -> Any:
        parts = urlsplit(url)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        self.asked.append(parts.path.rpartition("/")[2])
        if parts.path.endswith("/channels"):
            return {"items": [self.channel] if self.channel else []}
        if parts.path.endswith("/playlistItems"):
            place = int(asked.get("pageToken", "0"))
            rows = [{"contentDetails": {"videoId": each["id"]}} for each in self.pages[place]]
            token = "0" if self.stands_still else str(place + 1)
            more = {"nextPageToken": token} if self.stands_still or place + 1 < len(self.pages) else {}
            return {"items": rows, **more}
        wanted = asked["id"].split(",")
        return {"items": [each for page in self.pages for each in page if each["id"] in wanted]}


def tell(answers: Answers, *, since: datetime = LONG_AGO, pages: int = 5) -> Told:
    return youtube.tell(youtube.HOST, CHANNEL, answers, since=since, pages=pages)


@pytest.mark.parametrize(
    ("said", "handle"),
    [
        ("https://www.youtube.com/@nordwerk", "@nordwerk"), ("https://youtube.com/@nordwerk/videos", "@nordwerk"),
        (f"https://m.youtube.com/channel/{CHANNEL}", CHANNEL), ("https://www.youtube.com/@Gr%C3%B6%C3%9Fe", "@Größe"),
    ],
)  # fmt: skip
def test_a_channel_is_recognised_by_its_address(said: str, handle: str) -> None:
    assert place_of(said) == Handle("youtube", youtube.HOST, handle)


@pytest.mark.parametrize(
    "said", ["https://www.youtube.com/watch?v=1", "https://youtu.be/1", "https://youtube.com/", "@nordwerk"]
)
def test_what_is_no_channel(said: str) -> None:
    assert place_of(said) is None


def test_a_channel_and_its_videos() -> None:
    told = tell(answers := Answers([video("a"), video("b")], [video("c")]))
    assert (told.profile.number, told.profile.handle, told.profile.followers) == (CHANNEL, "@nordwerk", 1230)
    assert [post.number for post in told.posts] == ["a", "b", "c"]
    assert told.posts[0].figures == {"video_views": 1500, "reactions": 12, "comments": 3}
    assert (told.posts[0].url, told.posts[0].title) == ("https://www.youtube.com/watch?v=a", "Film a")
    assert answers.asked == ["channels", "playlistItems", "videos", "playlistItems", "videos"]
    assert (told.is_whole, told.left_out) == (True, 0)


def test_what_is_hidden_is_unknown() -> None:
    hidden = ABOUT | {"statistics": {"hiddenSubscriberCount": True, "videoCount": "1"}}
    told = tell(Answers([video("a", likeCount=None, commentCount="-1", viewCount=7)], channel=hidden))
    assert (told.profile.followers, dict(told.posts[0].figures)) == (None, {})


def test_it_ends_where_it_is_older_and_with_a_list_that_repeats() -> None:
    told = tell(
        answers := Answers([video("a", day=20), video("b", day=2)], [video("c")]),
        since=datetime(2026, 11, 10, tzinfo=UTC),
    )
    assert ([post.number for post in told.posts], answers.asked.count("playlistItems")) == (["a"], 1)
    assert tell(Answers([video("a")], stands_still=True)).is_whole
    assert not tell(Answers([video("a")], [video("b")]), pages=1).is_whole


def test_a_channel_without_videos_is_not_asked_for_its_list() -> None:
    empty = ABOUT | {"statistics": {"subscriberCount": "4", "videoCount": "0"}}
    answers = Answers(channel=empty)
    assert (tell(answers).posts, answers.asked) == ([], ["channels"])


def test_a_video_of_somebody_else_or_without_a_day_is_no_post() -> None:
    other, timeless = video("x"), video("y")
    other["snippet"]["channelId"] = "UCelse"
    del timeless["snippet"]["publishedAt"]
    told = tell(Answers([video("a"), other, timeless]))
    assert ([post.number for post in told.posts], told.left_out) == (["a"], 1)


def test_a_channel_that_is_gone() -> None:
    with pytest.raises(Trouble, match="gone"):
        tell(Answers(channel=None))


@pytest.mark.parametrize("answer", [None, [], "<html>", {"items": "no"}, {"items": [{"id": "x"}]}, {"items": [None]}])
def test_an_answer_that_is_none(answer: Any) -> None:
    with pytest.raises(Trouble, match="odd"):
        youtube.find(Handle("youtube", youtube.HOST, "@x"), lambda url: answer)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "reason", "code", "seconds"),
    [
        (403, "quotaExceeded", "busy", 22 * 3600), (403, "rateLimitExceeded", "busy", asking.A_WHILE),
        (400, "badRequest", "no_key", 0), (403, "accessNotConfigured", "no_key", 0),
        (403, "channelClosed", "refused", 0), (404, "x", "gone", 0),
    ],
)  # fmt: skip
def test_a_day_that_is_used_up_is_nobodys_fault_and_told_to_all(
    status: int, reason: str, code: str, seconds: int, now: Any
) -> None:
    body = json.dumps({"error": {"code": status, "errors": [{"reason": reason}]}}).encode()
    with pytest.raises(Trouble, match=code) as told:
        asking._read(youtube, fetch.Fetched("", status, "application/json", {}, body), youtube.HOST)
    assert (told.value.pause_seconds or 0) == seconds  # NOW is two in the morning in California
    left_alone = Server.objects.filter(host=youtube.HOST, free_at=NOW + timedelta(seconds=seconds))
    assert left_alone.exists() is (code == "busy")


def test_the_key_goes_along_in_a_header(settings: Any) -> None:
    settings.YOUTUBE_API_KEY = "of-this-site"
    assert (youtube.is_ready(), youtube.headers("")) == (True, {"X-Goog-Api-Key": "of-this-site"})


@pytest.mark.django_db
def test_without_a_key_nothing_is_asked(settings: Any) -> None:
    settings.YOUTUBE_API_KEY, settings.CONNECTOR_HOSTS = "", ["*"]
    with pytest.raises(Trouble, match="no_key"):
        finding.find(Handle("youtube", youtube.HOST, "@x"), by=User(pk=1))
