"""What a phone sends again is logged once; what one person typed is never logged as another's."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from analytics.activities import services
from analytics.activities.models import Activity
from core.people.device import mark_on_device
from programs.membership.models import Membership
from tests.at_once import at_once
from tests.factories.activities import make_activity


def said(person: Any, **more: str) -> dict[str, str]:
    return {"kind": "talk", "note": "At the fair", "once": str(uuid4()), "whose": mark_on_device(person)} | more


def address(world: Any) -> str:
    return reverse("analytics:activity_sync", args=[world.program.slug])


def test_an_edit_brings_back_nothing_that_another_window_deleted(world: Any) -> None:
    seen = Activity.objects.present().filter(user=world.influencer).latest("created_at")
    services.delete_activity(Activity.objects.get(pk=seen.pk), by=world.influencer)
    services.edit_activity(seen, {"note": "Changed"}, by=world.influencer)
    assert not Activity.objects.present().filter(pk=seen.pk).exists()


def test_what_is_sent_again_is_logged_once(world: Any, sign_in: Any) -> None:
    client, data = sign_in(world.influencer), said(world.influencer)
    for _ in range(3):
        answer = client.post(address(world), data)
        assert (answer.status_code, json.loads(answer.content)["says"]) == (200, "Logged: At the fair.")
    client.post(reverse("analytics:activity_new", args=[world.program.slug]), data)
    assert Activity.objects.filter(user=world.influencer, note="At the fair").count() == 1


def test_what_was_deleted_meanwhile_stays_deleted(world: Any, sign_in: Any) -> None:
    client, data = sign_in(world.influencer), said(world.influencer)
    client.post(address(world), data)
    services.delete_activity(Activity.objects.get(note="At the fair"), by=world.influencer)
    client.post(address(world), data)
    assert not Activity.objects.present().filter(note="At the fair").exists()


def test_nobody_sends_what_somebody_else_typed(world: Any, sign_in: Any) -> None:
    answer = sign_in(world.influencer2).post(address(world), said(world.influencer))
    assert answer.status_code == 409
    assert not Activity.objects.filter(note="At the fair").exists()


def test_the_same_key_of_two_people_is_two_entries(world: Any, sign_in: Any) -> None:
    once = str(uuid4())
    for person in (world.influencer, world.influencer2):
        assert sign_in(person).post(address(world), said(person, once=once)).status_code == 200
    assert Activity.objects.filter(note="At the fair").count() == 2


def test_between_two_of_ones_own_nobody_counts_what_others_logged(world: Any) -> None:
    """The number stands in the address."""
    one, _theirs, other = (
        make_activity(person, world.program) for person in (world.influencer, world.influencer2, world.influencer)
    )
    assert abs(other.pk - one.pk) > 1000
    assert max(one.pk, other.pk) < 2**53


@pytest.mark.parametrize("wrong", [{"once": ""}, {"once": "x"}, {"kind": ""}, {"on": "2999-01-01"}, {"minutes": "-1"}])
def test_what_cannot_be_logged_is_said(wrong: dict[str, str], world: Any, sign_in: Any) -> None:
    answer = sign_in(world.influencer).post(address(world), said(world.influencer, **wrong))
    assert answer.status_code == 422
    assert not Activity.objects.filter(note="At the fair").exists()


def test_who_left_logs_nothing_any_more(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    Membership.objects.filter(user=world.influencer).update(ended_at="2026-10-01T00:00:00Z")
    assert client.post(address(world), said(world.influencer)).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_are_one(world: Any) -> None:
    once, data = uuid4(), {"kind": "talk", "note": "At the fair", "on": world.today}
    at_once(lambda: services.log_activity(world.program, data, by=world.influencer, once=once))
    assert Activity.objects.filter(once=once).count() == 1
