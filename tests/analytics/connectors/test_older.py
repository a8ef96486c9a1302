"""What lies behind the pages of the first look comes on the next days."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from analytics.connectors import jobs
from analytics.connectors.models import Connection, Look
from analytics.connectors.networks import bluesky, figures_json, linkedin_organisation, youtube
from analytics.metrics.models import Post
from tests.analytics.connectors.networks import DID, HOST, JSON, NOW, PROFILE, Mastodon, status
from tests.core.kit.outside import says

pytestmark = pytest.mark.django_db
A_PAGE = 40
DAY = timedelta(days=1)


@pytest.fixture
def connection(world: Any, network: Mastodon, monkeypatch: Any) -> Connection:
    """An account with three posts a day for four months; the first look turns two pages, later ones one."""
    for name, pages in {"FIRST_PAGES": 2, "PAGES": 1, "OLDER_PAGES": 4}.items():
        monkeypatch.setattr(jobs, name, pages)
    found = world.connection
    Look.objects.filter(connection=found).delete()
    Connection.objects.exclude(pk=found.pk).delete()
    Connection.objects.filter(pk=found.pk).update(due_at=timezone.now(), fetched_at=None, made_at=NOW)
    network.statuses = [status(1000 - n, days_ago=n / 3) for n in range(360)]
    return Connection.objects.get(pk=found.pk)


def look(network: Mastodon, connection: Connection) -> Connection:
    Connection.objects.filter(pk=connection.pk).update(due_at=timezone.now())
    jobs.look(connection.pk, **network.outside.wiring)
    return Connection.objects.get(pk=connection.pk)


def posts(connection: Connection) -> int:
    return Post.objects.filter(account=connection.account_id).count()


def test_a_long_list_arrives_over_the_days_and_the_page_says_how_far(
    network: Mastodon, connection: Connection, world: Any, sign_in: Any
) -> None:
    page = f"/p/{world.program.slug}/connections/{connection.pk}/"
    client = sign_in(world.influencer)
    after = look(network, connection)
    assert (posts(after), after.older_from) == (2 * A_PAGE, "921")
    assert after.goes_back_to == NOW - (2 * A_PAGE - 1) / 3 * DAY
    assert "Posts go back to 31 October 2026 so far" in client.get(page).text
    network.clock.shift(DAY)
    after = look(network, after)
    assert posts(after) == 6 * A_PAGE
    assert "so far" in client.get(page).text
    network.clock.shift(DAY)
    after = look(network, after)
    assert (posts(after), after.older_from, after.goes_back_to) == (360, "", None)
    assert "so far" not in client.get(page).text
    pages = network.pages
    network.clock.shift(DAY)
    look(network, after)
    assert network.pages - pages == 1  # nothing older is asked for any more


def test_it_goes_back_a_year_and_no_further(network: Mastodon, connection: Connection) -> None:
    network.statuses = [status(1000 - n, days_ago=4 * n) for n in range(200)]
    after = look(network, connection)
    network.clock.shift(DAY)
    after = look(network, after)
    assert (posts(after), after.older_from) == (92, "")  # of 800 days


def test_place_and_figures_are_one(network: Mastodon, connection: Connection, monkeypatch: Any) -> None:
    after = look(network, connection)

    def fail(*_any: Any) -> None:
        raise RuntimeError

    network.clock.shift(DAY)
    with monkeypatch.context() as patch:
        patch.setattr(jobs, "_oldest", fail)
        with pytest.raises(RuntimeError):
            look(network, after)
    unchanged = Connection.objects.get(pk=after.pk)
    assert (posts(unchanged), unchanged.older_from) == (2 * A_PAGE, after.older_from)
    network.clock.shift(jobs.LEASE + timedelta(seconds=1))
    assert posts(look(network, unchanged)) == 6 * A_PAGE


def _only_older(network: Mastodon, trouble: Any) -> None:
    real = network.get
    network.get = (  # type: ignore[method-assign]
        lambda path, default: trouble if "max_id=921" in path and network.troubled else real(path, default)
    )
    network.troubled = True  # type: ignore[attr-defined]


@pytest.mark.parametrize("trouble", [says(b"", 500, JSON), says(b"[", 200, JSON), says(b"{}", 429, JSON)])
def test_a_bad_answer_to_what_is_older_costs_nothing_new(
    trouble: Any, network: Mastodon, connection: Connection
) -> None:
    after = look(network, connection)
    network.statuses.insert(0, status(1001, days_ago=0))
    network.clock.shift(DAY)
    _only_older(network, trouble)
    after = look(network, after)
    assert (after.looks.latest("pk").code, posts(after), after.older_from) == ("", 2 * A_PAGE + 1, "921")
    network.troubled = False  # type: ignore[attr-defined]
    network.clock.shift(DAY)
    assert posts(look(network, after)) > 2 * A_PAGE + 1


@pytest.mark.parametrize("status_code", [400, 404])
def test_a_place_that_the_network_does_not_know_any_more_is_let_go_and_said(
    status_code: int, network: Mastodon, connection: Connection
) -> None:
    after = look(network, connection)
    network.clock.shift(DAY)
    _only_older(network, says(b"{}", status_code, JSON))
    after = look(network, after)
    assert (after.older_from, after.goes_back_to) == ("", None)
    last = after.looks.latest("pk")
    assert (last.code, last.is_whole) == ("", False)


def test_each_network_goes_on_where_it_ended() -> None:
    asked: list[str] = []

    def ask(answers: dict[str, Any]) -> Any:
        def answer(url: str) -> Any:
            asked.append(url)
            return next(value for name, value in answers.items() if name in url)

        return answer

    since = datetime(2020, 1, 1, tzinfo=NOW.tzinfo)
    told = bluesky.tell(
        bluesky.HOST, DID, ask({"getProfile": PROFILE, "getAuthorFeed": {"feed": [{}], "cursor": "c2"}}),
        since=since, pages=1, start="c1",
    )  # fmt: skip
    assert ("cursor=c1" in asked[-1], told.older_from) == (True, "c2")
    channel = {
        "id": "UC" + "n" * 22,
        "snippet": {"title": "N"},
        "contentDetails": {"relatedPlaylists": {"uploads": "U"}},
    }
    rows = {"items": [{"contentDetails": {"videoId": "a"}}], "nextPageToken": "t2"}
    answers = {"/channels": {"items": [channel]}, "/playlistItems": rows, "/videos": {"items": []}}
    told = youtube.tell(youtube.HOST, channel["id"], ask(answers), since=since, pages=1, start="t1")  # type: ignore[arg-type]
    assert (any("pageToken=t1" in url for url in asked), told.older_from) == (True, "t2")
    post = {"id": "p", "published_at": "2026-11-20T08:00:00Z"}
    address = "https://intranet.example/figures.json"
    told = figures_json.tell(
        "intranet.example", address, ask({"": {"posts": [post], "next": "?page=3"}}), since=since, pages=1,
        start=f"{address}?page=2",
    )  # fmt: skip
    assert (asked[-1], told.older_from) == (f"{address}?page=2", f"{address}?page=3")
    row = {"id": "urn:li:share:1", "publishedAt": round(NOW.timestamp() * 1000)}
    rows = [row] * linkedin_organisation.A_PAGE
    answers = {"/posts": {"elements": rows}, "networkSizes": {}, "Stat": {"elements": []},
               "organizations/": {"localizedName": "Nordwerk"}}  # fmt: skip
    told = linkedin_organisation.tell("urn:li:organization:1", ask(answers), since=since, pages=1, start="80")
    assert any("start=80" in url for url in asked)
    assert told.older_from == str(80 + linkedin_organisation.A_PAGE - linkedin_organisation.ONE_MORE)
    assert not any("timeIntervals" in url for url in asked)  # the days came with the first pages
    assert HOST not in "".join(asked)
