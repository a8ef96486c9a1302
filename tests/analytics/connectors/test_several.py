"""Several feeds or JSON sources of one owner: each is an account of its own, and one person all the same."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from analytics.channels.models import Account, Network
from analytics.connectors import finding, operating, services, storing
from analytics.connectors.models import Connection, Look
from analytics.connectors.networks.base import DayFigure, Handle, Profile, Told
from analytics.connectors.services import ConnectedAlready, TooManySources
from analytics.dashboards.following import following_charts
from analytics.metrics.models import Metric, Reading

pytestmark = pytest.mark.django_db


def place_and_profile(name: str, network: str = Network.OTHER) -> tuple[Handle, Profile]:
    address = f"https://{name}.example/figures.json"
    return Handle(network, f"{name}.example", address), Profile(address, name, name, f"https://{name}.example/", 80)


def connect(world: Any, name: str, network: str = Network.OTHER, *, whose: str = "own") -> Connection:
    by = world.influencer if whose == "own" else world.manager
    return services.connect(world.program, *place_and_profile(name, network), by=by, whose=whose)


@pytest.mark.parametrize("network", [Network.OTHER, Network.BLOG, Network.PODCAST])
@pytest.mark.parametrize("whose", ["own", "company"])
def test_each_is_an_account_of_its_own(network: str, whose: str, world: Any) -> None:
    one, two = connect(world, "wiki", network, whose=whose), connect(world, "shop", network, whose=whose)
    assert one.account_id != two.account_id
    assert [each.account.shown_name for each in (one, two)] == ["wiki", "shop"]
    assert connect(world, "wiki", network, whose=whose).pk == one.pk  # the same one again
    services.disconnect(one, by=world.manager, with_figures=False)
    again = connect(world, "wiki", network, whose=whose)
    assert again.account_id == one.account_id  # what it brought stays beside what comes


def test_a_source_from_before_keeps_its_account(world: Any) -> None:
    """It was connected while there was one for each network."""
    account = Account.objects.create(
        program=world.program, user=world.influencer, kind=Account.Kind.PERSON, network=Network.OTHER
    )
    place, profile = place_and_profile("wiki")
    before = Connection.objects.create(
        program=world.program, account=account, host=place.host, number=profile.number, handle="wiki", url=profile.url
    )
    assert connect(world, "wiki").pk == before.pk
    assert connect(world, "shop").account_id != account.pk


def test_a_network_with_accounts_still_has_one(world: Any) -> None:
    place, profile = place_and_profile("wiki", Network.BLUESKY)
    services.connect(world.program, place, profile, by=world.influencer, whose="own")
    other = place_and_profile("shop", Network.BLUESKY)
    with pytest.raises(ConnectedAlready):
        services.connect(world.program, *other, by=world.influencer, whose="own")


def test_figures_of_one_are_not_those_of_another(world: Any) -> None:
    today = timezone.localdate()
    for name, value in (("wiki", 7), ("shop", 9)):
        connection = connect(world, name)
        look = Look.objects.create(connection=connection, at=timezone.now())
        profile = place_and_profile(name)[1]
        days = [DayFigure("followers_total", today - timedelta(days=ago), value) for ago in (1, 8, 15)]
        storing.store(connection, look, Told(profile, days=days), "json")
        found = Reading.objects.filter(account=connection.account_id, metric=Metric.FOLLOWERS_TOTAL)
        assert set(found.values_list("value", flat=True)) == {value, 80}
    charts = following_charts(world.influencer, world.program)
    mine = [chart for chart in charts if "other" in chart.id]
    assert len({chart.id for chart in mine}) == len(mine) == 2
    assert sorted(name for name in ("wiki", "shop") if any(name in chart.source for chart in mine)) == ["shop", "wiki"]


def test_who_has_many_is_one_person(world: Any) -> None:
    Connection.objects.all().delete()
    for n in range(3):
        connect(world, f"feed{n}", Network.BLOG)
    assert operating._counted()[f"{Network.BLOG} people"].count == 1


def test_there_is_an_end_to_it(world: Any, sign_in: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(services, "MOST_SOURCES", 2)
    connect(world, "wiki")
    connect(world, "shop")
    with pytest.raises(TooManySources):
        connect(world, "one-more")
    connect(world, "blog", Network.BLOG)  # of another kind
    token = finding.token_of(*place_and_profile("one-more"), "own", by=world.influencer)
    answer = sign_in(world.influencer).post(
        f"/p/{world.program.slug}/connections/begin/", {"found": token}, follow=True
    )
    assert "sources of this kind are connected already" in answer.text
