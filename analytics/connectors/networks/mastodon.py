"""Mastodon: what every server tells everybody about public posts (docs.joinmastodon.org/methods/accounts), and a server
that is closed to everybody else to who signs in there.

Only posts of the account itself that everybody may see: nothing passed on, no replies, and of what a permission shows
as well no post for followers only and no direct message. A server allows 300 requests in five minutes.
"""

import re
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from django.conf import settings

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
    nothing_needed,
    part,
    read_json,
    shows_no_more,
    text,
    usual_trouble,
    words,
)
from analytics.connectors.networks.oauth import SignIn
from core.kit.public_hosts import plain_host

ADDRESS = re.compile(r"@?(?P<name>[A-Za-z0-9_.-]{1,60})@(?P<host>[^\s/@]{3,253})")
NAME_IN_PATH = re.compile(r"/@(?P<name>[A-Za-z0-9_.-]{1,60})/?")
A_PAGE = 40
OF_EVERYBODY = ("public", "unlisted")  # the others are for some people: never read

types, read, is_ready = JSON, read_json, nothing_needed
trouble, of_known, of_owner = usual_trouble, lists_its_posts, shows_no_more
scheme, seconds_between = "mastodon", 1.0


def headers(access: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {access}"} if access else {}


def place(said: str) -> Handle | None:
    """`@name@server`, or the address of the profile."""
    found = ADDRESS.fullmatch(said)
    host = found["host"] if found else ""
    if not found and said.startswith("https://"):
        parts = urlsplit(said)
        host, found = parts.hostname or "", NAME_IN_PATH.fullmatch(parts.path)
    plain = plain_host(host) if found else ""
    return Handle(Network.MASTODON, plain, found["name"]) if found and plain else None


def find(place: Handle, ask: Ask) -> Profile:
    return _profile(ask(f"https://{place.host}/api/v1/accounts/lookup?{urlencode({'acct': place.handle})}"), place.host)


def tell(host: str, number: str, ask: Ask, *, since: datetime, pages: int, start: str = "") -> Told:
    account = f"https://{host}/api/v1/accounts/{quote(number, safe='')}"
    told = Told(_profile(ask(account), host))
    asked = {"exclude_reblogs": "true", "exclude_replies": "true", "limit": str(A_PAGE)}
    asked |= {"max_id": start} if start else {}
    seen: set[str] = set()
    for _page in range(pages):
        rows = ask(f"{account}/statuses?{urlencode(asked)}")
        if not isinstance(rows, list):
            raise Trouble("odd")
        new = [row for row in rows if text(part(row, "id")) not in seen]
        seen.update(text(part(row, "id")) for row in new)
        posts = [_post(row, number) for row in new if part(row, "visibility") in (None, *OF_EVERYBODY)]
        told.left_out += posts.count(None)
        told.posts += [post for post in posts if post and post.published_at >= since]
        if not new or any(post and post.published_at < since for post in posts):  # or a page that repeats
            return told
        asked["max_id"] = text(part(new[-1], "id"))
    told.is_whole, told.older_from = False, asked.get("max_id", "")
    return told


def _profile(answer: Any, host: str) -> Profile:
    number, handle = text(part(answer, "id")), text(part(answer, "acct"), 160)
    if not number or not handle:
        raise Trouble("odd")
    name = words(part(answer, "display_name"), 120) or handle
    url = f"https://{host}/@{handle}"
    return Profile(number, f"@{handle.partition('@')[0]}@{host}", name, url, count(part(answer, "followers_count")))


def _post(row: Any, number: str) -> Tally | None:
    at, own = moment(part(row, "created_at")), text(part(row, "id"))
    if at is None or not own or text(part(row, "account", "id")) not in ("", number):
        return None
    url = text(part(row, "url"), 400)
    figures = known(
        [
            ("reactions", count(part(row, "favourites_count"))),
            ("comments", count(part(row, "replies_count"))),
            ("reposts", added(part(row, "reblogs_count"), part(row, "quotes_count"))),
        ]
    )
    return Tally(own, url if url.startswith("https://") else "", at, words(part(row, "content")), figures)


# --- signing in (docs.joinmastodon.org/spec/oauth) --------------------------------------------------------------------

SCOPES = "read:accounts read:statuses"


def can_sign_in() -> bool:
    """Servers are their own; the operator names those that may be asked."""
    return bool(settings.CONNECTOR_HOSTS)


def accounts(_is_company: bool, host: str, ask: Ask) -> list[Profile]:
    """The one that somebody signed in with."""
    return [_profile(ask(f"https://{host}/api/v1/accounts/verify_credentials"), host)]


def handle(profile: Profile, host: str) -> Handle:
    return Handle(Network.MASTODON, host, profile.handle)


def server_of(said: str) -> str:
    """The server that somebody types: by its name, or within an account's."""
    found = place(said)
    return found.host if found else plain_host(said.removeprefix("https://").strip("/ "))


sign_in = SignIn(
    page="https://{host}/oauth/authorize",
    token="https://{host}/oauth/token",  # noqa: S106  # an address
    revoke="https://{host}/oauth/revoke",
    register="https://{host}/api/v1/apps",
    metadata="https://{host}/.well-known/oauth-authorization-server",
    scopes=lambda _is_company: SCOPES,
    accounts=accounts,
    handle=handle,
    is_ready=can_sign_in,
    is_apart=True,
    is_endless=True,
)
