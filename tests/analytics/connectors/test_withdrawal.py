"""A consent taken back ends what LinkedIn may show, at once; thirty days of rest are for what is stored here."""

from typing import Any
from urllib.parse import parse_qs

import pytest

from analytics.connectors import jobs, permits
from analytics.connectors.models import Connection, EndingPermit
from analytics.metrics.models import Reading
from programs.consents import services as consents
from programs.generations import services as generations
from tests.analytics.connectors.linkedin import LinkedIn, address, connected, look

pytestmark = pytest.mark.django_db


def _withdraw(world: Any) -> None:
    consents.withdraw(world.program, ["own_figures"], by=world.influencer, channel="settings")


def _leave(world: Any) -> None:
    generations.leave(world.participant, by=world.influencer)


@pytest.mark.parametrize("end", [_withdraw, _leave])
def test_the_token_ends_with_the_consent_here_and_there(
    end: Any, on_linkedin: LinkedIn, world: Any, sign_in: Any
) -> None:
    own = connected(sign_in(world.influencer))
    page = connected(sign_in(world.manager), "company")
    end(world)
    own.refresh_from_db()
    assert (own.permit_sealed, own.permit_until, own.due_at, own.stopped_for) == ("", None, None, "withdrawn")
    on_linkedin.outside.bodies.clear()
    permits.end(EndingPermit.objects.get().pk)
    assert parse_qs(on_linkedin.outside.bodies[0].decode())["token"] == ["access-1"]
    assert not EndingPermit.objects.exists()
    page.refresh_from_db()
    assert (bool(page.permit_sealed), page.stopped_for) == (True, "")  # the company's is nobody's consent


def test_who_comes_back_is_told_why_and_signs_in_again(on_linkedin: LinkedIn, world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    own = look(connected(client))
    figures = Reading.objects.filter(account=own.account_id).count()
    assert figures
    _withdraw(world)
    assert client.get(address(f"{own.pk}/")).status_code == 404  # it rests
    consents.grant(world.program, ["own_figures"], by=world.influencer, channel="settings")
    for page in (client.get(address()), client.get(address(f"{own.pk}/"))):
        assert "You withdrew your consent, so your permission ended at LinkedIn as well." in page.text
    assert "Sign in at LinkedIn" in client.get(address(f"{own.pk}/")).text
    client.post(address(f"{own.pk}/look/"))
    assert Connection.objects.get(pk=own.pk).due_at is None  # nothing is asked without a permission
    on_linkedin.paths.clear()
    again = connected(client)
    assert (again.pk, again.stopped_for, bool(again.permit_sealed)) == (own.pk, "", True)
    assert Reading.objects.filter(account=own.account_id).count() == figures  # what rested is there as it was


def test_a_look_under_way_stores_nothing(on_linkedin: LinkedIn, world: Any, sign_in: Any) -> None:
    own = connected(sign_in(world.influencer))
    held = jobs._claim(own.pk)
    assert held is not None
    _withdraw(world)
    assert jobs._hold(held) is None
