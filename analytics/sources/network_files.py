"""Exports of other networks, by labels that only they have: which column is what, and what a row tells.

English and German as the networks write them; what is not named here is left aside by its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from core.sheets.cells import Unreadable
from core.sheets.values import normalised

from .mapping import DAY, POST


@dataclass(frozen=True, slots=True)
class NetworkFile:
    """One kind of file: it is this one when a row holds all labels of one of its signatures."""

    kind: str
    network: str
    rows: str
    signatures: tuple[frozenset[str], ...]
    words: dict[str, str] = field(default_factory=dict)
    handle: str = ""  # the label of the account's name
    skipped: tuple[str, ...] = ()  # a first cell that says that this row is none
    has_no_year: bool = False
    needs_period: bool = False  # the figures are of a period that only the name of the download says
    ends_at_blank: bool = False  # behind an empty row another table begins
    is_assumed: bool = False  # nothing in the file says that it is of this network


FACEBOOK, INSTAGRAM = "Facebook", "Instagram"
#: Columns that say how long videos were watched, with a point for decimals in every language; how many seconds one is.
WATCH_HOURS, WATCH_MILLISECONDS = "watch_hours", "watch_milliseconds"
DURATIONS = {WATCH_HOURS: 3600, WATCH_MILLISECONDS: 0.001}

#: What TikTok writes without saying whether it is seconds, minutes or hours: 60 times too large is no figure.
NO_UNIT = frozenset({"total play time"})


def signs(*rows: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(part.strip() for part in row.split("|")) for row in rows)


LAYOUTS: tuple[NetworkFile, ...] = (
    NetworkFile(
        "x_content", "X", POST,
        signs("post id|post link|impressions", "post id|post link|impressões"),
        {
            "date": "date", "post link": "post_url", "post text": "title", "impressions": "impressions",
            "likes": "reactions", "engagements": "engagements", "bookmarks": "saves", "shares": "sends",
            "new follows": "followers_gained", "replies": "comments", "reposts": "reposts",
            "url clicks": "link_clicks", "impressões": "impressions", "curtidas": "reactions",
            "respostas": "comments", "itens salvos": "saves", "compartilhamentos": "sends",
        },
    ),
    NetworkFile(
        "x_overview", "X", DAY,
        signs("profile visits|new follows|impressions", "novos seguidores|deixar de seguir|impressões"),
        {
            "date": "date", "impressions": "impressions", "likes": "reactions", "engagements": "engagements",
            "bookmarks": "saves", "shares": "sends", "new follows": "followers_new", "replies": "comments",
            "reposts": "reposts", "video views": "video_views", "data": "date", "impressões": "impressions",
            "curtidas": "reactions", "respostas": "comments", "itens salvos": "saves", "compartilhamentos": "sends",
            "novos seguidores": "followers_new",
        },
    ),
    NetworkFile(
        "x_video", "X", DAY,
        signs("date|views|watch time (ms)", "data|visualizações|tempo de exibição (ms)"),
        {
            "date": "date", "views": "video_views", "watch time (ms)": WATCH_MILLISECONDS, "data": "date",
            "visualizações": "video_views", "tempo de exibição (ms)": WATCH_MILLISECONDS,
        },
        ends_at_blank=True,
    ),
    NetworkFile(
        "x_days_old", "X", DAY,
        signs("tweets published|impressions|retweets"),
        {
            "date": "date", "impressions": "impressions", "engagements": "engagements", "retweets": "reposts",
            "replies": "comments", "likes": "reactions", "url clicks": "link_clicks", "follows": "followers_new",
        },
    ),
    NetworkFile(
        "facebook_content", FACEBOOK, POST,
        signs("page id|permalink", "seiten-id|permalink"),
        {
            "publish time": "date", "veröffentlichungszeitpunkt": "date", "permalink": "post_url", "title": "title",
            "titel": "title", "description": "title", "beschreibung": "title", "views": "impressions",
            "aufrufe": "impressions", "impressions": "impressions",
            "reach": "members_reached", "reichweite": "members_reached", "reactions": "reactions",
            "reaktionen": "reactions", "comments": "comments", "kommentare": "comments", "shares": "reposts",
            "geteilte inhalte": "reposts", "total clicks": "clicks", "klicks insgesamt": "clicks",
            "link clicks": "link_clicks", "link-klicks": "link_clicks",
        },
        handle="page name|seitenname",
    ),
    NetworkFile(
        "meta_content", INSTAGRAM, POST,
        signs("account username|permalink|reach", "post id|account id|permalink", "beitrags-id|konto-id|permalink"),
        {
            "publish time": "date", "veröffentlichungszeitpunkt": "date", "permalink": "post_url",
            "description": "title", "beschreibung": "title", "views": "impressions", "aufrufe": "impressions",
            "reach": "members_reached", "reichweite": "members_reached", "likes": "reactions",
            "„gefällt mir“-angaben": "reactions", "shares": "reposts", "geteilte inhalte": "reposts",
            "follows": "followers_gained", "comments": "comments", "kommentare": "comments", "saves": "saves",
            "gespeicherte beiträge": "saves",
        },
        handle="account username|konto-benutzername",
    ),
    NetworkFile(
        "youtube_content", "YouTube", POST,
        signs(
            "content|video title|video publish time", "videos|videotitel|aufrufe",
            "videotitel|veröffentlichungszeitpunkt des videos",
        ),
        {
            "content": "video", "videos": "video", "video title": "title", "videotitel": "title",
            "video publish time": "date", "veröffentlichungszeitpunkt des videos": "date", "views": "video_views",
            "aufrufe": "video_views", "subscribers": "followers_gained", "abonnenten": "followers_gained",
            "impressions": "impressions", "impressionen": "impressions", "thumbnail impressions": "impressions",
            "watch time (hours)": WATCH_HOURS, "wiedergabezeit (stunden)": WATCH_HOURS,
        },
        skipped=("total", "gesamt"),
        needs_period=True,
    ),
    NetworkFile(
        "tiktok_videos", "TikTok", POST,
        signs("video title|video link|total views"),
        {
            "video title": "title", "video link": "post_url", "post time": "date", "total likes": "reactions",
            "total comments": "comments", "total shares": "reposts", "total views": "video_views",
        },
    ),
    NetworkFile(
        "tiktok_overview", "TikTok", DAY,
        signs("video views|profile views|likes"),
        {
            "date": "date", "video views": "video_views", "likes": "reactions", "comments": "comments",
            "shares": "reposts",
        },
        has_no_year=True,
    ),
    NetworkFile(
        "tiktok_followers", "TikTok", DAY,
        signs("difference in followers from previous day"),
        {
            "date": "date", "followers": "followers_total",
            "difference in followers from previous day": "followers_new",
        },
        has_no_year=True,
    ),
)  # fmt: skip
#: What the chart of one figure at Meta calls it, above the columns "Date" and "Primary".
CHARTS = {
    "views": "impressions", "aufrufe": "impressions", "impressions": "impressions", "reach": "members_reached",
    "reichweite": "members_reached", "follows": "followers_new", "link clicks": "link_clicks",
    "link-klicks": "link_clicks", "instagram views": "impressions", "instagram reach": "members_reached",
    "facebook views": "impressions", "facebook reach": "members_reached", "instagram follows": "followers_new",
    "facebook follows": "followers_new", "content interactions": "engagements",
    "content-interaktionen": "engagements",
}  # fmt: skip
CHART = frozenset({"date", "primary"})
#: A video of YouTube is called by its number; some spreadsheets put a space before one that begins with a dash.
VIDEO = "https://youtu.be/"


def recognised(rows: Iterable[Iterable[object]]) -> tuple[NetworkFile, int] | None:
    """The layout, and in which row its labels stand."""
    for number, row in enumerate(rows):
        labels = {normalised(cell) for cell in row if isinstance(cell, str)}
        for layout in LAYOUTS:
            if any(signature <= labels for signature in layout.signatures):
                return layout, number
    return None


def network_of_chart(title: str, name: str) -> tuple[str, bool]:
    """Whose the chart of one figure at Meta is, and whether anything says so: its title or the name of the download."""
    for network in (FACEBOOK, INSTAGRAM):
        if network.casefold() in title or network.casefold() in name.casefold():
            return network, True
    return INSTAGRAM, False


FACEBOOK_HOST = re.compile(r"https?://(?:[a-z0-9-]+\.)*(?:facebook\.com|fb\.com|fb\.watch)(?:[/:?#]|$)", re.IGNORECASE)


def by_addresses(layout: NetworkFile, addresses: Iterable[str]) -> NetworkFile:
    """Meta writes the same labels for both of its networks: the addresses tell which it is. Both are one too many."""
    if layout.network not in (FACEBOOK, INSTAGRAM):
        return layout
    told = {bool(FACEBOOK_HOST.match(each.strip())) for each in addresses if "://" in each}
    if len(told) > 1:
        raise Unreadable("two_networks", one=FACEBOOK, other=INSTAGRAM)
    if told == {layout.network == INSTAGRAM}:
        network, kind = (FACEBOOK, "facebook_content") if True in told else (INSTAGRAM, "meta_content")
        return replace(layout, kind=kind, network=network)
    return layout
