"""Bluesky: what its public view tells everybody (docs.bsky.app: getProfile, getAuthorFeed).

An account is its DID; the name may change. What the account only passed on, and posts of others, are left aside.
"""

import re
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from analytics.channels.models import Network
from analytics.connectors.networks.base import (
    JSON,
    Ask,
    Handle,
    Profile,
    Tally,
    Told,
    Trouble,
    added,
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

HOST = "public.api.bsky.app"
HANDLE = re.compile(r"@?(?P<name>(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,63})")
PROFILE = re.compile(r"/profile/(?P<name>[A-Za-z0-9.:-]{3,253})(?:/.*)?")
A_PAGE = 100

types, read, is_ready = JSON, read_json, nothing_needed
headers, trouble, of_known, of_owner = no_headers, usual_trouble, lists_its_posts, shows_no_more
scheme, seconds_between = "bluesky", 0.1


def place(said: str) -> Handle | None:
    """`name.bsky.social`, with or without @, or the address of the profile."""
    found = HANDLE.fullmatch(said)
    if not found and said.startswith("https://bsky.app/"):
        found = PROFILE.fullmatch(urlsplit(said).path)
    return Handle(Network.BLUESKY, HOST, found["name"]) if found else None


def find(place: Handle, ask: Ask) -> Profile:
    return _profile(ask(_address(place.host, "app.bsky.actor.getProfile", actor=place.handle)))


def tell(host: str, number: str, ask: Ask, *, since: datetime, pages: int, start: str = "") -> Told:
    told = Told(_profile(ask(_address(host, "app.bsky.actor.getProfile", actor=number))))
    asked = {"actor": number, "limit": str(A_PAGE), "filter": "posts_no_replies"}
    asked |= {"cursor": start} if start else {}
    for _page in range(pages):
        answer = ask(_address(host, "app.bsky.feed.getAuthorFeed", **asked))
        rows, cursor = part(answer, "feed"), text(part(answer, "cursor"), 500)
        if not isinstance(rows, list):
            raise Trouble("odd")
        own = [row for row in rows if part(row, "reason") is None and _author(row) == number]
        posts = [_post(row, told.profile.handle) for row in own]
        told.left_out += posts.count(None)
        told.posts += [post for post in posts if post and post.published_at >= since]
        is_over = any(post and post.published_at < since for post in posts)
        if is_over or not rows or not cursor or cursor == asked.get("cursor"):  # the last: a page that repeats
            return told
        asked["cursor"] = cursor
    told.is_whole, told.older_from = False, asked.get("cursor", "")
    return told


def _address(host: str, method: str, **asked: str) -> str:
    return f"https://{host}/xrpc/{method}?{urlencode(asked)}"


def _author(row: Any) -> str:
    return text(part(row, "post", "author", "did"))


def _profile(answer: Any) -> Profile:
    number, handle = text(part(answer, "did")), text(part(answer, "handle"), 160)
    if not number.startswith("did:") or not handle:
        raise Trouble("odd")
    name = words(part(answer, "displayName"), 120) or handle
    return Profile(number, handle, name, f"https://bsky.app/profile/{handle}", count(part(answer, "followersCount")))


def _post(row: Any, handle: str) -> Tally | None:
    post = part(row, "post")
    at, uri = moment(part(post, "record", "createdAt")), text(part(post, "uri"))
    if at is None or not uri.startswith("at://"):
        return None
    figures = known(
        [
            ("reactions", count(part(post, "likeCount"))),
            ("comments", count(part(post, "replyCount"))),
            ("reposts", added(part(post, "repostCount"), part(post, "quoteCount"))),
            ("saves", count(part(post, "bookmarkCount"))),
        ]
    )
    url = f"https://bsky.app/profile/{quote(handle)}/post/{quote(uri.rpartition('/')[2])}"
    return Tally(uri, url, at, words(part(post, "record", "text")), figures)
