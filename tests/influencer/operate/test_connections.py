"""How connections are doing, for who operates the site: nothing of a person."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from analytics.connectors.models import Connection, Look
from analytics.connectors.networks import linkedin
from core.notify.models import OutgoingMail
from influencer.operate import alarms
from influencer.operate.state import Trouble, state

pytestmark = pytest.mark.django_db
PAGE = reverse("operate:connections")


def test_a_companys_account_is_named_and_a_persons_is_not(world: Any, sign_in: Any, settings: Any) -> None:
    settings.CONNECTOR_HOSTS = ["*.example"]
    Look.objects.create(connection=world.company_connection, at=timezone.now(), code="denied")
    Look.objects.create(connection=world.connection, at=timezone.now(), code="gone")
    client = sign_in(world.admin)
    page = client.get(PAGE).text
    assert "needs somebody" in page
    assert world.company_connection.handle in page
    assert world.connection.handle not in page
    assert "CONNECTOR_HOSTS does not name public.api.bsky.app" in page
    assert "until about 15 October 2027." in page
    Connection.objects.filter(account__kind="person").delete()
    said = "Connected by fewer than 10 people."
    assert client.get(PAGE).text.count(said) == page.count(said) > 0  # one person more or less shows nowhere


def test_the_end_of_an_interface_is_said_before(world: Any, sign_in: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(linkedin, "VERSION_ENDS", timezone.now().date() + timedelta(days=59))
    assert "upgrade before" in sign_in(world.admin).get(PAGE).text


def test_administrators_hear_of_the_end_of_an_interface_once_and_of_its_last_day(
    world: Any, settings: Any, monkeypatch: Any
) -> None:
    settings.CONNECTOR_HOSTS = ["*"]
    today = timezone.now().date()
    monkeypatch.setattr(linkedin, "VERSION_ENDS", today + timedelta(days=59))
    assert told_of_interfaces() == []  # nobody reads from LinkedIn here
    settings.LINKEDIN_CLIENT_ID, settings.LINKEDIN_CLIENT_SECRET = "the-site", "its-secret"
    (trouble,) = told_of_interfaces()
    assert trouble.key == "interface:linkedin"
    assert trouble.title.startswith(f"LinkedIn: version {linkedin.VERSION} of its interface ends about")
    with time_machine.travel(timezone.now()) as clock:
        for _minute in range(3):
            alarms.watch()
            clock.shift(alarms.PATIENCE + timedelta(seconds=1))
        letters = OutgoingMail.objects.filter(reason=alarms.ALARM, text__contains="Upgrade this site before then")
        assert [letter.person for letter in letters] == [world.admin]  # once
    monkeypatch.setattr(linkedin, "VERSION_ENDS", today)
    assert [each.key for each in told_of_interfaces()] == ["interface-over:linkedin"]
    monkeypatch.setattr(linkedin, "VERSION_ENDS", today + timedelta(days=61))
    assert told_of_interfaces() == []


def told_of_interfaces() -> list[Trouble]:
    return [each for each in state().troubles if each.key.startswith("interface")]
