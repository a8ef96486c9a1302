"""How connections are doing, for who operates the site: nothing of a person."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from analytics.connectors.models import Connection, Look
from analytics.connectors.networks import linkedin

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
