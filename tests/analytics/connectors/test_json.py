"""Figures that a server of one's own tells as JSON."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from analytics.channels.models import Account, Network
from analytics.connectors import services, storing
from analytics.connectors.models import Look
from analytics.connectors.networks import figures_json
from analytics.connectors.networks.base import DayFigure, Profile, Trouble
from analytics.connectors.networks.known import place_of
from analytics.metrics.models import Metric, Reading

ADDRESS = "https://intranet.example/figures.json"
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
POST: dict[str, Any] = {"id": "p1", "url": "https://intranet.example/1", "published_at": "2026-11-20T08:00:00Z",
                        "title": "Schicht", "figures": {"impressions": 40, "reactions": 3, "comments": -1}}  # fmt: skip
WHOLE: dict[str, Any] = {
    "account": {"name": "Nordwerk intern", "url": "https://intranet.example/", "followers": 80},
    "posts": [POST, {"id": "p2"}],
    "days": [{"day": "2026-11-20", "impressions": 40, "followers_total": 7}, {"day": "soon", "impressions": 1}],
}


def tell(*pages: dict[str, Any], since: datetime = LONG_AGO, most: int = 5) -> Any:
    asked: list[str] = []

    def ask(url: str) -> Any:
        asked.append(url)
        return pages[min(len(asked), len(pages)) - 1]

    told = figures_json.tell("intranet.example", ADDRESS, ask, since=since, pages=most)
    return told, asked


def test_an_address_is_recognised_by_its_name() -> None:
    found = place_of(ADDRESS)
    assert (found.network, found.host, found.handle) == (Network.OTHER, "intranet.example", ADDRESS)  # type: ignore[union-attr]
    for said in ("http://intranet.example/figures.json", "https://intranet.example/figures.csv", "figures.json"):
        place = place_of(said)
        assert place is None or place.network != Network.OTHER


def test_posts_days_and_followers_are_read_and_what_is_none_is_counted() -> None:
    told, _asked = tell(WHOLE)
    assert (told.profile.name, told.profile.followers, told.left_out) == ("Nordwerk intern", 80, 2)
    assert [(post.number, dict(post.figures)) for post in told.posts] == [("p1", {"impressions": 40, "reactions": 3})]
    assert told.days == [DayFigure("impressions", date(2026, 11, 20), 40)]


def test_pages_are_followed_on_this_server_and_end_where_nothing_is_new() -> None:
    first = WHOLE | {"next": "/figures.json?page=2"}
    told, asked = tell(first, {"posts": [POST | {"id": "p3"}], "next": "https://elsewhere.example/x.json"})
    assert ([post.number for post in told.posts], told.is_whole) == (["p1", "p3"], True)
    assert asked == [ADDRESS, f"{ADDRESS}?page=2"]
    told, asked = tell(first, first | {"next": "/figures.json?page=3"})  # a page that repeats
    assert len(asked) == 2
    told, asked = tell(*(first | {"posts": [POST | {"id": f"n{n}"}], "next": f"?page={n}"} for n in range(9)), most=3)
    assert (len(asked), told.is_whole) == (3, False)


@pytest.mark.parametrize("answer", [[], {}, {"posts": {}}, "x", None, {"version": "https://elsewhere/"}])
def test_anything_else_is_no_figures(answer: Any) -> None:
    with pytest.raises(Trouble, match="odd"):
        tell(answer)


def test_a_json_feed_brings_entries_without_figures() -> None:
    item = {"id": "1", "url": "https://intranet.example/1", "title": "Eins", "date_published": "2026-11-20T08:00:00Z"}
    told, _asked = tell({"version": "https://jsonfeed.org/version/1.1", "title": "Werkblog", "items": [item]})
    assert (told.profile.name, [(post.title, dict(post.figures)) for post in told.posts]) == (
        "Werkblog",
        [("Eins", {})],
    )


@pytest.mark.django_db
def test_it_counts_as_a_file_would(world: Any) -> None:
    place = place_of(ADDRESS)
    assert place is not None
    profile = Profile(ADDRESS, "intern", "intern", ADDRESS, 80)
    connection = services.connect(world.program, place, profile, by=world.manager, whose="company")
    assert connection.account.kind == Account.Kind.COMPANY
    look = Look.objects.create(connection=connection, at=datetime(2026, 11, 26, tzinfo=UTC))
    told, _asked = tell(WHOLE)
    assert storing.store(connection, look, told, figures_json.scheme).new == 4
    rows = Reading.objects.filter(account=connection.account_id, metric=Metric.IMPRESSIONS)
    assert sorted(rows.values_list("grain", "value")) == [(1, 40), (3, 40)]
    assert storing.store(connection, look, told, figures_json.scheme).new == 0
