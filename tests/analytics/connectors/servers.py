"""Networks on the loopback that answer by address: Bluesky (with a recorded post), YouTube, a podcast's feed, JSON.

Each says what a good look at it brings. YouTube's and the feed's answers are shaped after their documentation
(developers.google.com/youtube/v3/docs, RSS 2.0), the JSON after docs/json-source.md.
"""

import json
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from analytics.channels.models import Network
from analytics.connectors.networks import bluesky, feeds, figures_json, youtube
from tests.analytics.connectors.networks import JSON, NOW, PROFILE, SAMPLES
from tests.core.kit.outside import Answer, Outside, says

RECORDED = json.loads((SAMPLES / "bluesky_api" / "thread_view_post.json").read_text())["thread"]["post"]
MOVED = b'{"items": "moved", "feed": "moved", "posts": "moved"}'
RSS = """<?xml version="1.0"?>
<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel>
<title>Schichtwechsel</title><link>https://podcast.example/</link>{items}</channel></rss>"""
ITEM = """<item><guid>episode-{n}</guid><title>Episode {n}</title><link>https://podcast.example/{n}</link>
<pubDate>{at}</pubDate><enclosure url="https://podcast.example/{n}.mp3" type="audio/mpeg" length="1"/></item>"""


def days_ago(days: float) -> str:
    return (NOW - timedelta(days=days)).isoformat().replace("+00:00", "Z")


@dataclass
class Served:
    """`trouble` is answered instead of everything; `repeats`: the same page again, with a next one."""

    network: str = ""
    source: Any = None
    host: str = ""
    number: str = ""
    posts: int = 3
    has_followers: bool = True
    has_figures: bool = True
    trouble: Answer | None = None
    repeats: bool = False
    asked: list[str] = field(default_factory=list)
    says_otherwise: dict[Any, str] = field(default_factory=dict)  # what a trouble means to it
    changed: Answer = field(
        default_factory=lambda: says(b'{"items": "moved", "feed": "moved", "posts": "moved"}', 200, JSON)
    )

    def on(self, outside: Outside) -> "Served":
        outside.answers = self  # type: ignore[assignment]
        return self

    def get(self, path: str, _default: Any) -> Answer:
        parts = urlsplit(path)
        self.asked.append(parts.path)
        if self.trouble is not None:
            return self.trouble
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        return self.good(parts.path.rpartition("/")[2], asked)

    def good(self, name: str, asked: dict[str, str]) -> Answer:
        raise NotImplementedError


def told(value: Any) -> Answer:
    return says(json.dumps(value).encode(), 200, JSON)


@dataclass
class BlueskyServed(Served):
    network: str = Network.BLUESKY
    source: Any = bluesky
    host: str = bluesky.HOST
    number: str = RECORDED["author"]["did"]

    def good(self, name: str, asked: dict[str, str]) -> Answer:
        if name == "app.bsky.actor.getProfile":
            return told(PROFILE | {"did": self.number, "handle": RECORDED["author"]["handle"]})
        rows = [self._row(n) for n in range(self.posts)]
        if self.repeats:
            return told({"feed": rows, "cursor": "the-same"})
        return told({"feed": [] if "cursor" in asked else rows, **({} if "cursor" in asked else {"cursor": "2"})})

    def _row(self, number: int) -> dict[str, Any]:
        post = deepcopy(RECORDED) | {"uri": f"{RECORDED['uri']}{number}", "likeCount": number}
        post["record"]["createdAt"] = days_ago(number + 1)
        return {"post": post}


@dataclass
class YouTubeServed(Served):
    network: str = Network.YOUTUBE
    source: Any = youtube
    host: str = youtube.HOST
    number: str = "UC" + "n" * 22
    says_otherwise: dict[Any, str] = field(default_factory=lambda: {"empty": "gone"})  # its answer without a channel

    def good(self, name: str, asked: dict[str, str]) -> Answer:
        if name == "channels":
            numbers = {"subscriberCount": "1230", "videoCount": str(self.posts)}
            about = {"id": self.number, "snippet": {"title": "Nordwerk"}, "statistics": numbers,
                     "contentDetails": {"relatedPlaylists": {"uploads": "UU" + "n" * 22}}}  # fmt: skip
            return told({"items": [about]})
        if name == "playlistItems":
            rows = [{"contentDetails": {"videoId": f"video-{n}"}} for n in range(self.posts)]
            return told({"items": rows, **({"nextPageToken": "the-same"} if self.repeats else {})})
        return told({"items": [self._video(number) for number in asked["id"].split(",")]})

    def _video(self, number: str) -> dict[str, Any]:
        ago = int(number.rpartition("-")[2]) + 1
        snippet = {"channelId": self.number, "title": f"Film {number}", "publishedAt": days_ago(ago)}
        return {"id": number, "snippet": snippet, "statistics": {"viewCount": "1500", "likeCount": "12"}}


@dataclass
class FeedServed(Served):
    network: str = Network.PODCAST
    source: Any = feeds
    host: str = "podcast.example"
    number: str = "https://podcast.example/feed.xml"
    has_followers: bool = False
    has_figures: bool = False
    says_otherwise: dict[Any, str] = field(default_factory=lambda: {"changed": "no_feed"})  # a page for people
    changed: Answer = field(default_factory=lambda: says(b"<html><title>We moved</title></html>", 200, "text/html"))

    def good(self, name: str, asked: dict[str, str]) -> Answer:
        at = [f"{NOW - timedelta(days=n + 1):%a, %d %b %Y %H:%M:%S} +0000" for n in range(self.posts)]
        items = [ITEM.format(n=n, at=each) for n, each in enumerate(at)] * (2 if self.repeats else 1)
        return says(RSS.format(items="".join(items)).encode(), 200, "application/rss+xml")


@dataclass
class JsonServed(Served):
    network: str = Network.OTHER
    source: Any = figures_json
    host: str = "intranet.example"
    number: str = "https://intranet.example/figures.json"

    def good(self, name: str, asked: dict[str, str]) -> Answer:
        posts = [{"id": f"p{n}", "published_at": days_ago(n + 1), "title": "Schicht", "figures": {"reactions": n}}
                 for n in range(self.posts)]  # fmt: skip
        page = int(asked.get("page", "1"))
        more = {"next": f"?page={page + 1}"} if self.repeats else {}
        return told({"account": {"name": "Nordwerk intern", "followers": 80}, "posts": posts, **more})


SERVED = (BlueskyServed, YouTubeServed, FeedServed, JsonServed)
