"""Blogs and podcasts: what their feed tells everybody (RSS 2.0, RSS 1.0, Atom 1.0).

A feed knows what was published, and no figure. It carries as many entries as its publisher likes, mostly the last ones;
what it no longer carries stays as it was fetched.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from hashlib import sha256
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils import timezone

from analytics.channels.hosts import network_of
from analytics.channels.models import Network
from analytics.connectors.networks.base import (
    LONGEST_ID,
    Answer,
    Ask,
    Handle,
    Profile,
    Tally,
    Told,
    Trouble,
    lists_its_posts,
    moment,
    no_headers,
    nothing_needed,
    shows_no_more,
    text,
    usual_trouble,
    words,
)
from core.kit.public_hosts import plain_host

FEEDS = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml")
PAGES = ("text/html", "application/xhtml+xml")
ENTRIES = ("item", "entry")
ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
MOST = 2000  # entries that are looked at
READ_BY_PEOPLE = (None, Network.BLOG, Network.PODCAST, Network.INTERNAL)  # hosts that have no network of their own

types = (*FEEDS, *PAGES)
scheme, seconds_between = "feed", 1.0
is_ready, headers, trouble = nothing_needed, no_headers, usual_trouble
of_known, of_owner = lists_its_posts, shows_no_more


@dataclass(frozen=True)
class WebPage:
    """A page for people; feeds it names stand in its head."""

    feeds: list[str]


def place(said: str) -> Handle | None:
    """The address of a feed, or of a page that names one."""
    if not said.startswith("https://") or len(said) > LONGEST_ID:
        return None
    try:
        host = plain_host(urlsplit(said).hostname or "")
    except ValueError:
        return None
    if "." not in host or network_of(said) not in READ_BY_PEOPLE:
        return None
    return Handle(Network.BLOG, host, said)


def read(answer: Answer) -> Element | WebPage:
    if answer.content_type in PAGES:
        found = _Links()
        found.feed(answer.body.decode(errors="replace"))
        return WebPage([urljoin(answer.url, link) for link in found.links])
    try:
        root: Element = fromstring(answer.body)
    except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError):
        raise Trouble("odd") from None
    return root


class _Links(HTMLParser):
    """The feeds that a page names in its head."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        is_one = tag == "link" and "alternate" in (told.get("rel") or "").split() and told.get("type") in FEEDS
        if is_one and told.get("href"):
            self.links.append(str(told["href"]))


def find(place: Handle, ask: Ask) -> Profile:
    """The feed at this address, or the first one that the page there names."""
    address, found = place.handle, ask(place.handle)
    if isinstance(found, WebPage):
        address = next((link for link in found.feeds if link.startswith("https://")), "")
        if not address or len(address) > LONGEST_ID:
            raise Trouble("no_feed")
        found = ask(address)
    return _profile(found, address)


def tell(host: str, number: str, ask: Ask, *, since: datetime, pages: int, start: str = "") -> Told:
    """`number` is the address of the feed."""
    root = ask(number)
    told = Told(_profile(root, number))
    entries = list(_entries(root))[:MOST]
    posts = [_post(each, number) for each in entries]
    told.left_out = posts.count(None)
    told.posts = [post for post in posts if post and post.published_at >= since]
    return told


def _entries(root: Element) -> Iterator[Element]:
    """RSS 2.0 and Atom carry them in the channel, RSS 1.0 beside it."""
    for each in root.iter():
        if _name(each) in ENTRIES:
            yield each


def _profile(root: Any, address: str) -> Profile:
    if not isinstance(root, Element) or _name(root).lower() not in ("rss", "feed", "rdf"):
        raise Trouble("no_feed" if isinstance(root, WebPage) else "odd")
    head = _child(root, "channel")
    head = root if head is None else head
    parts = urlsplit(address)
    name = words(_text(head, "title"), 120) or str(parts.hostname)
    is_podcast = any(each.tag.startswith(f"{{{ITUNES}}}") or _is_sound(each) for each in list(root.iter())[:MOST])
    link = _link(head, address) or f"https://{parts.netloc}/"
    return Profile(address, name, name, link, None, Network.PODCAST if is_podcast else Network.BLOG)


def _is_sound(each: Element) -> bool:
    return _name(each) == "enclosure" and each.get("type", "").startswith(("audio/", "video/"))


def _post(entry: Element, address: str) -> Tally | None:
    """Nothing without a day, or with one that has not come yet."""
    link = _link(entry, address)
    own = text(_text(entry, "guid") or _text(entry, "id") or link, 2000)
    at = _published(entry)
    if at is None or not own or at > timezone.now() + timedelta(days=1):
        return None
    number = own if len(own) <= LONGEST_ID else f"sha256:{sha256(own.encode()).hexdigest()}"
    return Tally(number, link, at, words(_text(entry, "title")), {})


def _published(entry: Element) -> datetime | None:
    for name in ("pubDate", "published", "date", "updated"):
        said = _text(entry, name).strip()
        with suppress(ValueError, TypeError, OverflowError):
            found = parsedate_to_datetime(said)
            said = found.replace(tzinfo=found.tzinfo or UTC).astimezone(UTC).isoformat()
        if found_at := moment(said):
            return found_at
    return None


def _link(part: Element, address: str) -> str:
    """RSS writes it as text, Atom as an attribute; without a kind it is the page itself."""
    for each in part:
        if _name(each) == "link" and each.get("rel", "alternate") == "alternate":
            with suppress(ValueError):
                found = urljoin(address, (each.get("href") or each.text or "").strip())
                if found.startswith("https://") and len(found) <= 400 and found != address:
                    return found
    return ""


def _child(part: Element, name: str) -> Element | None:
    return next((each for each in part if _name(each) == name), None)


def _text(part: Element, name: str) -> str:
    child = _child(part, name)
    return "".join(child.itertext()) if child is not None else ""


def _name(part: Element) -> str:
    return part.tag.rpartition("}")[2] if isinstance(part.tag, str) else ""
