"""Connecting an account, its page, and the end of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from analytics.channels.models import Account
from analytics.connectors import finding, jobs, services
from analytics.connectors.models import Connection, Look
from analytics.metrics.models import Post, Reading
from core.journal.models import Entry
from core.kit import fetch
from programs.consents import services as consents
from tests.analytics.connectors.networks import HOST, JSON, NUMBER, Mastodon, status
from tests.at_once import at_once
from tests.core.kit.outside import says

pytestmark = pytest.mark.django_db
SAID = f"@ines@{HOST}"


@pytest.fixture
def wired(network: Mastodon, monkeypatch: Any, world: Any) -> Mastodon:
    """The site's own way out leads to the network on the loopback."""
    monkeypatch.setattr(fetch.fetch, "__kwdefaults__", fetch.fetch.__kwdefaults__ | network.outside.wiring)
    monkeypatch.setattr(
        finding.asking.asker, "__kwdefaults__", finding.asking.asker.__kwdefaults__ | network.outside.wiring
    )
    Connection.objects.all().delete()
    return network


def address(world: Any, rest: str = "") -> str:
    return f"/p/{world.program.slug}/connections/{rest}"


def find(client: Client, world: Any, said: str = SAID, **more: str) -> Any:
    return client.post(address(world, "find/"), {"said": said, **more})


def add(client: Client, world: Any, page: Any) -> Any:
    return client.post(address(world, "begin/"), {"found": page.context["token"]}, follow=True)


def test_an_account_is_found_shown_and_connected(wired: Mastodon, world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    page = find(client, world)
    assert "312" in page.text
    assert SAID in page.text
    assert not Connection.objects.exists()  # nothing is kept before the yes
    answer = add(client, world, page)
    connection = Connection.objects.get()
    assert (connection.account.user, connection.number, connection.host) == (world.influencer, NUMBER, HOST)
    assert SAID in answer.text
    assert not Entry.objects.filter(verb__startswith="connectors").exists()
    assert jobs.due() == [connection.pk]


def test_another_name_is_asked_about(wired: Mastodon, world: Any, sign_in: Any) -> None:
    wired.account["display_name"] = "Somebody Famous"
    wired.account["acct"] = "ines"
    world.influencer.name = "Karl Meyer"
    world.influencer.save()
    assert find(sign_in(world.influencer), world).context["is_other"]


def test_the_company_account_is_in_the_log(wired: Mastodon, world: Any, sign_in: Any) -> None:
    client = sign_in(world.manager)
    add(client, world, find(client, world))
    assert Connection.objects.get().account.kind == Account.Kind.COMPANY
    assert Entry.objects.get(verb="connectors.connected").actor == world.manager


@pytest.mark.parametrize("said", ["", "ines", "https://www.linkedin.com/in/ines/", "x" * 500])
def test_what_is_no_account_comes_back_with_a_reason(said: str, wired: Mastodon, world: Any, sign_in: Any) -> None:
    page = find(sign_in(world.influencer), world, said)
    assert page.status_code == 422
    assert page.context["form"].errors["said"]
    assert wired.outside.asked == []


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (says(b"{}", 404, JSON), "no longer knows this account"),
        (says(b"{}", 401, JSON), "does not show this account"),
        (says(b"{}", 500, JSON), "did not answer"),
        (says(b"x", 200, JSON), "sent an unexpected answer"),
    ],
)
def test_why_an_account_was_not_found_is_said(
    trouble: Any, words: str, wired: Mastodon, world: Any, sign_in: Any
) -> None:
    wired.trouble = trouble
    page = find(sign_in(world.influencer), world)
    assert page.status_code == 422
    assert words in page.text
    assert SAID in page.text


def test_nobody_searches_for_hours(wired: Mastodon, world: Any, sign_in: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(finding, "MOST", 2)
    client = sign_in(world.influencer)
    assert [find(client, world).status_code for _ in range(3)] == [200, 200, 422]
    assert len(wired.outside.asked) == 2


def test_the_yes_is_the_persons_own_and_not_for_ever(wired: Mastodon, world: Any, sign_in: Any) -> None:
    page = find(sign_in(world.influencer), world)
    add(sign_in(world.influencer2), world, page)
    client = sign_in(world.influencer)
    client.post(address(world, "begin/"), {"found": page.context["token"] + "x"})
    client.post(address(world, "begin/"))
    wired.clock.shift(timedelta(hours=2))
    add(sign_in(world.influencer), world, page)
    assert not Connection.objects.exists()


def test_without_the_consent_nothing_is_connected(wired: Mastodon, world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    page = find(client, world)
    consents.withdraw(world.program, ["own_figures"], by=world.influencer, channel="settings")
    add(client, world, page)
    assert find(client, world).url.endswith("/consents/")
    assert not Connection.objects.exists()
    assert "needs your consent" in client.get(address(world)).text


@pytest.mark.django_db(transaction=True)
def test_twenty_times_yes_is_one_connection(wired: Mastodon, world: Any, sign_in: Any) -> None:
    page = find(sign_in(world.influencer), world)
    found = finding.opened(page.context["token"], by=world.influencer)
    assert found is not None
    at_once(lambda: services.connect(world.program, found.place, found.profile, by=world.influencer, whose="own"))
    assert Connection.objects.count() == 1


def test_a_second_account_of_a_network_waits_for_the_end_of_the_first(
    wired: Mastodon, world: Any, sign_in: Any
) -> None:
    client = sign_in(world.influencer)
    add(client, world, find(client, world))
    page = find(client, world)
    Connection.objects.update(number="4")
    assert "End that connection first" in add(client, world, page).text


def test_the_page_says_what_came(wired: Mastodon, world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    add(client, world, find(client, world))
    connection = Connection.objects.get()
    assert "It usually takes less than a minute" in client.get(address(world, f"{connection.pk}/")).text
    wired.statuses = [status(9, likes=4)]
    for _ in range(2):
        jobs.look(connection.pk, **wired.outside.wiring)
        wired.clock.shift(timedelta(days=1, hours=2))
    wired.trouble = says(b"{}", 500, JSON)
    jobs.look(connection.pk, **wired.outside.wiring)
    page = client.get(address(world, f"{connection.pk}/"))
    assert "1 new post, 4 new figures" in page.text
    assert "The network did not answer" in page.text
    assert page.context["chart"] is not None
    assert "1 post" in client.get(address(world)).text
    assert "@ines" in client.get(f"/p/{world.program.slug}/my-figures/").text


def test_look_now_rests_for_ten_minutes(wired: Mastodon, world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    add(client, world, find(client, world))
    connection = Connection.objects.get()
    jobs.look(connection.pk, **wired.outside.wiring)
    here = address(world, f"{connection.pk}/look/")
    assert "fetched a moment ago" in client.post(here, follow=True).text
    assert jobs.due() == []
    wired.clock.shift(timedelta(minutes=11))
    client.post(here)
    assert jobs.due() == [connection.pk]


@pytest.mark.parametrize(("figures", "left"), [("keep", 1), ("delete", 0)])
def test_the_end_keeps_what_came_or_deletes_it(
    figures: str, left: int, wired: Mastodon, world: Any, sign_in: Any
) -> None:
    client = sign_in(world.influencer)
    add(client, world, find(client, world))
    connection = Connection.objects.get()
    wired.statuses = [status(9, likes=4)]
    jobs.look(connection.pk, **wired.outside.wiring)
    page = client.post(address(world, f"{connection.pk}/end/"), {"figures": figures}, follow=True)
    assert page.status_code == 200
    assert not Connection.objects.exists()
    assert not Look.objects.filter(connection=connection.pk).exists()
    assert Post.objects.filter(account=connection.account_id).count() == left
    assert Reading.objects.filter(account=connection.account_id).exists() == bool(left)
    assert Account.objects.filter(pk=connection.account_id).exists() == bool(left)


def test_a_site_that_asks_nobody_says_so(world: Any, sign_in: Any, settings: Any) -> None:
    settings.CONNECTOR_HOSTS = []
    Connection.objects.all().delete()
    assert "does not fetch from networks yet" in sign_in(world.influencer).get(address(world)).text


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_number_of_questions(
    count: int, world: Any, sign_in: Any, django_assert_num_queries: Any
) -> None:
    for network in ("mastodon", "bluesky", "youtube")[:count]:
        account, _new = Account.objects.get_or_create(program=world.program, user=world.influencer, network=network,
                                                      defaults={"kind": "person"})  # fmt: skip
        Connection.objects.get_or_create(account=account, defaults={
            "program": world.program, "host": HOST, "number": network, "handle": network,
            "url": f"https://{HOST}/", "due_at": timezone.now(),
        })  # fmt: skip
    client = sign_in(world.influencer)
    client.get(address(world))
    with django_assert_num_queries(5):
        client.get(address(world))


def test_who_has_connections_is_told_why_no_other_can_be_added(world: Any, sign_in: Any, settings: Any) -> None:
    connection = Connection.objects.filter(account__user=world.influencer).latest("made_at")
    settings.CONNECTOR_HOSTS = [HOST]
    page = sign_in(world.influencer).get(address(world)).text
    assert "can allow individual servers" not in page
    settings.CONNECTOR_HOSTS = []
    page = sign_in(world.influencer).get(address(world)).text
    assert connection.handle in page
    assert "can allow individual servers" in page
