"""A connection that dies and comes back: its person hears why, loses nothing, and nobody else hears anything."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from analytics.connectors import jobs, permits, services
from analytics.connectors.models import Connection, EndingPermit
from analytics.metrics.models import Grain, Metric, Reading
from core.journal.models import Entry
from core.news.models import Notification
from programs.consents import services as consents
from tests.analytics.connectors.linkedin import LinkedIn, a_linkedin, address, connected, said
from tests.analytics.connectors.networks import NOW

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(NOW, tick=False) as found:
        yield found


@pytest.fixture
def network(clock: Any, tmp_path: Path, monkeypatch: Any, settings: Any) -> Iterator[LinkedIn]:
    with a_linkedin(tmp_path, monkeypatch, settings) as found:
        found.impressions = {NOW.date() + n * DAY: 100 + n for n in range(-30, 200)}
        yield found


class Days:
    """Time that passes, with the clock's work on each day."""

    def __init__(self, clock: Any, connection: Connection) -> None:
        self.clock, self.connection = clock, connection

    def pass_by(self, count: int) -> Connection:
        for _half in range(2 * count):
            self.clock.shift(DAY / 2)
            for pk in jobs.due():
                jobs.look(pk)
            jobs.remind()
            for pk in permits.to_end():
                permits.end(pk)
        return Connection.objects.get(pk=self.connection.pk)

    def impressions(self) -> dict[Any, int]:
        rows = Reading.objects.filter(
            account=self.connection.account_id, metric=Metric.IMPRESSIONS, grain=Grain.DAY, post=None
        )
        return dict(rows.order_by("period_start").values_list("period_start", "value"))


def signed_in_today(client: Any, person: Any) -> Any:
    """Her session ended weeks ago."""
    client.force_login(person)
    return client


def told(kind: str) -> int:
    return Notification.objects.filter(kind=f"connectors.{kind}").count()


def test_a_connection_that_dies_and_comes_back(network: LinkedIn, world: Any, sign_in: Any, clock: Any) -> None:
    Connection.objects.all().delete()
    erika = sign_in(world.influencer)
    here = connected(erika)
    days = Days(clock, here)
    page = address(f"{here.pk}/")
    jobs.look(here.pk)
    assert len(days.impressions()) == 30  # up to yesterday
    assert "25 January 2027" in erika.get(page).text

    # LinkedIn is away for three days: it is asked less and less, and comes back by itself.
    network.trouble = said({}, 503)
    asked = len(network.paths)
    away = days.pass_by(3)
    assert len(network.paths) - asked <= 6
    assert (away.stopped_for, told("stopped")) == ("", 0)
    assert "The network did not answer. We will try again later." in erika.get(page).text
    network.trouble = None
    back = days.pass_by(2)
    assert (back.setbacks, len(days.impressions())) == (0, 35)  # the days of silence too

    # Two weeks before the permission ends she is reminded, once; she is on leave and does nothing.
    days.pass_by(43)
    signed_in_today(erika, world.influencer)
    assert (told("permit_ends"), told("stopped")) == (1, 0)
    assert "Sign in at LinkedIn" in erika.get(page).text
    dead = days.pass_by(14)
    signed_in_today(erika, world.influencer)
    assert (dead.stopped_for, dead.due_at, dead.permit_sealed) == ("ended", None, "")
    assert (told("permit_ends"), told("stopped")) == (1, 1)
    assert {row.person for row in Notification.objects.filter(kind__startswith="connectors.")} == {world.influencer}
    known = days.impressions()
    shown = erika.get(page).text
    assert "Stopped: LinkedIn no longer lets this site read the account." in shown
    assert erika.get(reverse("analytics:mine", args=[world.program.slug])).status_code == 200  # what came is there

    # Nothing is asked for while it is dead, and the old figures stay as they are.
    asked = len(network.paths)
    days.pass_by(10)
    assert (len(network.paths), days.impressions()) == (asked, known)
    assert (told("permit_ends"), told("stopped")) == (1, 1)

    # She signs in again: one look brings the days that are missing, none twice.
    again = connected(signed_in_today(erika, world.influencer))
    assert (again.pk, again.stopped_for) == (here.pk, "")
    jobs.look(here.pk)
    found = days.impressions()
    expected = {on: value for on, value in network.impressions.items() if on < timezone.now().date()}
    assert found == expected
    assert {on: found[on] for on in known} == known
    assert "Stopped" not in erika.get(page).text

    # She withdraws her consent: the permission ends at LinkedIn the same day. She returns, and signs in once more.
    consents.withdraw(world.program, ["own_figures"], by=world.influencer, channel="settings")
    assert EndingPermit.objects.count() == 1
    permits.end(EndingPermit.objects.get().pk)
    assert network.paths[-1].startswith("/oauth/v2/revoke")
    asked = len(network.paths)
    days.pass_by(5)
    assert len(network.paths) == asked
    consents.grant(world.program, ["own_figures"], by=world.influencer, channel="settings")
    assert "You withdrew your consent" in erika.get(page).text
    connected(signed_in_today(erika, world.influencer))
    days.pass_by(2)
    found, yesterday = days.impressions(), timezone.now().date() - DAY
    assert {on: value for on, value in found.items() if on < yesterday} == {
        on: value for on, value in network.impressions.items() if on < yesterday
    }

    # Of all this nobody else heard a word.
    assert not Entry.objects.filter(verb__startswith="connectors").exists()
    for other in (world.manager, world.executive, world.council, world.influencer2):
        assert signed_in_today(sign_in(other), other).get(page).status_code in (403, 404)
    with pytest.raises(services.TooSoon):
        services.look_now(Connection.objects.get(pk=here.pk), by=world.influencer)
