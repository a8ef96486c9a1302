"""What the page of a connection says of it: what is fetched, when what ends."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from analytics.channels.models import Account, Network
from analytics.connectors import endings
from analytics.connectors.models import Connection
from analytics.connectors.networks import linkedin
from tests.analytics.connectors.linkedin import LinkedIn, address, connected
from tests.factories.connectors import make_connection

pytestmark = pytest.mark.django_db
NO_FIGURES = {Network.BLOG: "A feed has no figures.", Network.PODCAST: "A feed does not say how often they were heard."}
TOLD = NO_FIGURES | {
    Network.MASTODON: "Followers, and the likes, replies and shares of public posts.",
    Network.BLUESKY: "This network does not reveal how often a post was seen.",
    Network.YOUTUBE: "Subscribers (rounded by YouTube), and the views, likes and comments of public videos.",
    Network.OTHER: "The posts and daily figures that this server names.",
}


@pytest.mark.parametrize("network", list(TOLD))
def test_the_page_says_what_is_fetched(network: Network, world: Any, sign_in: Any) -> None:
    Connection.objects.all().delete()
    account, _new = Account.objects.get_or_create(
        program=world.program, user=world.influencer, network=network, kind=Account.Kind.PERSON
    )
    connection = make_connection(account)
    page = sign_in(world.influencer).get(address(f"{connection.pk}/")).text
    assert TOLD[network] in page
    assert "Only what everybody can see." in page
    assert "LinkedIn" not in page


def test_of_linkedin_it_names_the_figures_and_the_version(on_linkedin: LinkedIn, world: Any, sign_in: Any) -> None:
    own, page = connected(sign_in(world.influencer)), connected(sign_in(world.manager), "company")
    shown = sign_in(world.influencer).get(address(f"{own.pk}/")).text
    assert "with saves, sends and plays of videos. LinkedIn names no reader." in shown
    assert f"version {linkedin.VERSION} of LinkedIn" in shown
    assert "until about 15 October 2027" in shown
    shown = sign_in(world.manager).get(address(f"{page.pk}/")).text
    assert "LinkedIn tells only what was not paid for, and nothing older than twelve months." in shown


def test_what_ends_when_stands_side_by_side(on_linkedin: LinkedIn, world: Any, sign_in: Any, monkeypatch: Any) -> None:
    client = sign_in(world.influencer)
    connected(client)
    monkeypatch.setattr(linkedin, "VERSION_ENDS", timezone.localdate() + timedelta(days=23))
    page = client.get(address())
    assert [(each.name, each.said, round(each.percent)) for each in page.context["endings"]] == [
        ("Files", "never end", 100),
        ("@ines@nord.example", "needs no permission", 100),
        ("Ines Kowalczyk, permission at LinkedIn", "25 January 2027, in 60 days", 65),
        ("LinkedIn, version 202610 of its interface", "19 December 2026, in 23 days, for the site’s operator", 25),
    ]
    for said in ("What ends when", "25 January 2027, in 60 days", "never end"):
        assert said in page.text
    assert 'width="65.2%"' in page.text
    Connection.objects.filter(account__network=Network.LINKEDIN).update(
        stopped_for="ended", due_at=None, permit_until=None
    )
    assert "permission at LinkedIn" not in client.get(address()).text


def test_months_lie_where_they_begin(now: Any) -> None:
    assert [(each.name, round(each.percent)) for each in endings.months()] == [
        ("December 2026", 5), ("January 2027", 39), ("February 2027", 73),
    ]  # fmt: skip
    assert endings._until("x", date(2026, 11, 20), "").percent == 0
