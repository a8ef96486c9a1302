"""Feeds of blogs and podcasts: three dialects, pages that name one, and such as nobody should trust."""

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine

from analytics.connectors.networks import feeds
from analytics.connectors.networks.base import Handle, Told, Trouble
from analytics.connectors.networks.known import place_of
from core.kit.fetch import Fetched
from tests.analytics.connectors.networks import NOW

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
ADDRESS = "https://blog.nord.example/feed.xml"
RSS = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
<title>Aus der Gießerei</title><link>https://blog.nord.example/</link>
<atom:link href="https://blog.nord.example/feed.xml" rel="self"/>{items}</channel></rss>"""
ITEM = """<item><title>Tag der offenen Tür &amp; mehr</title><link>https://blog.nord.example/tuer</link>
<guid isPermaLink="false">nord-17</guid><pubDate>Mon, 23 Nov 2026 09:30:00 +0100</pubDate></item>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title type="html">Nord &lt;b&gt;notes&lt;/b&gt;</title>
<link href="/"/><link rel="self" href="/atom"/><entry><id>tag:nord.example,2026:1</id><title>One</title>
<link rel="edit" href="/edit/1"/><link href="/one"/><updated>2026-11-20T08:00:00Z</updated></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Old style</title></channel>
<item rdf:about="x"><title>First</title><link>https://blog.nord.example/first</link><dc:date>2026-11-01</dc:date></item>
</rdf:RDF>"""
PAGE = """<html><head><link rel="stylesheet" href="/a.css"><link rel="alternate" type="application/rss+xml"
href="/feed.xml"></head><body>News</body></html>"""


def asker(answers: dict[str, Any]) -> Any:
    def ask(url: str) -> Any:
        body, kind = answers[url] if isinstance(answers[url], tuple) else (answers[url], "application/xml")
        return feeds.read(Fetched(url, 200, kind, {}, body.encode() if isinstance(body, str) else body))

    return ask


def tell(body: str | bytes, since: datetime = LONG_AGO) -> Told:
    with time_machine.travel(NOW, tick=False):
        return feeds.tell("blog.nord.example", ADDRESS, asker({ADDRESS: body}), since=since, pages=1)


def test_rss() -> None:
    told = tell(RSS.format(items=ITEM))
    (post,) = told.posts
    assert (told.profile.name, told.profile.network, told.profile.url) == (
        "Aus der Gießerei", "blog", "https://blog.nord.example/",
    )  # fmt: skip
    assert (post.number, post.title, post.url) == (
        "nord-17",
        "Tag der offenen Tür & mehr",
        "https://blog.nord.example/tuer",
    )
    assert post.published_at == datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
    assert (dict(post.figures), told.profile.followers, told.is_whole) == ({}, None, True)


def test_atom_takes_the_page_and_no_other_link() -> None:
    (post,) = tell(ATOM).posts
    assert (post.number, post.url) == ("tag:nord.example,2026:1", "https://blog.nord.example/one")
    assert tell(ATOM).profile.name == "Nord notes"


def test_rss_one() -> None:
    told = tell(RDF)
    assert [(post.title, post.published_at.date().isoformat()) for post in told.posts] == [("First", "2026-11-01")]
    assert told.profile.name == "Old style"


@pytest.mark.parametrize(
    "extra",
    ['<enclosure url="https://x.example/1.mp3" type="audio/mpeg" length="1"/>',
     '<itunes:duration xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd">12:00</itunes:duration>'],
)  # fmt: skip
def test_what_can_be_heard_is_a_podcast(extra: str) -> None:
    assert tell(RSS.format(items=ITEM.replace("</item>", f"{extra}</item>"))).profile.network == "podcast"


def test_only_what_is_new_enough() -> None:
    assert tell(RSS.format(items=ITEM), since=datetime(2026, 11, 24, tzinfo=UTC)).posts == []


@pytest.mark.parametrize(
    "item",
    [
        "<item><title>No day</title><guid>1</guid></item>",
        "<item><guid>1</guid><pubDate>yesterday</pubDate></item>",
        "<item><title>Nothing to know it by</title><pubDate>Mon, 23 Nov 2026 09:30:00 GMT</pubDate></item>",
        "<item><guid>1</guid><pubDate>Mon, 23 Nov 2027 09:30:00 GMT</pubDate></item>",
        "<item><guid>1</guid><pubDate>Mon, 23 Nov 99999 09:30:00 GMT</pubDate></item>",
    ],
)
def test_what_is_no_entry_is_left_out_and_counted(item: str) -> None:
    told = tell(RSS.format(items=ITEM + item))
    assert ([post.number for post in told.posts], told.left_out) == (["nord-17"], 1)


def test_a_name_without_end_is_kept_as_its_hash() -> None:
    (post,) = tell(RSS.format(items=ITEM.replace("nord-17", "n" * 900))).posts
    assert post.number.startswith("sha256:")
    assert len(post.number) == 71


LAUGHS = b"""<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><rss><channel><title>&b;</title></channel></rss>"""
OUTSIDE = (
    b"""<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><title>&x;</title></channel></rss>"""
)


@pytest.mark.parametrize(
    "body",
    [LAUGHS, OUTSIDE, b"", b"\xff\xfe\x00", b"<rss><channel>", b"<svg/>", b"<?xml version='1.0' encoding='no'?><rss/>"],
)
def test_what_is_no_feed(body: bytes) -> None:
    with pytest.raises(Trouble, match="odd"):
        tell(body)


def test_a_page_leads_to_its_feed() -> None:
    page = "https://blog.nord.example/news"
    found = feeds.find(
        Handle("blog", "blog.nord.example", page), asker({page: (PAGE, "text/html"), ADDRESS: RSS.format(items="")})
    )
    assert (found.number, found.name) == (ADDRESS, "Aus der Gießerei")


@pytest.mark.parametrize("link", ["", '<link rel="alternate" type="application/rss+xml" href="http://plain.example/">'])
def test_a_page_without_a_feed_says_so(link: str) -> None:
    with pytest.raises(Trouble, match="no_feed"):
        feeds.find(Handle("blog", "nord.example", ADDRESS), asker({ADDRESS: (f"<head>{link}</head>", "text/html")}))
    with pytest.raises(Trouble, match="no_feed"):  # what was a feed became a page
        feeds.tell("nord.example", ADDRESS, asker({ADDRESS: (PAGE, "text/html")}), since=LONG_AGO, pages=1)


@pytest.mark.parametrize(
    ("said", "network"),
    [
        (ADDRESS, "blog"), ("https://podcast.podigee.io/feed/mp3", "blog"), ("https://nord.example/ines", "blog"),
        ("https://www.linkedin.com/in/ines/", None), ("https://www.instagram.com/ines", None),
        ("https://localhost/feed", None), ("http://blog.nord.example/feed", None), ("https://", None),
        ("https://x" + "a" * 300 + ".example/", None),
    ],
)  # fmt: skip
def test_which_addresses_may_be_a_feed(said: str, network: str | None) -> None:
    found = place_of(said)
    assert (found and found.network) == network
