"""Arriving without a connection: the code counts as of when it was scanned, a day back at the most, for that person."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from community.events import wall
from community.events.models import Event
from community.events.views_after import MOST_TRIES
from core.people.device import mark_on_device
from tests.community.events.test_attending import now_on, url, was_there


def send(client: Any, event: Event, person: Any, ago: timedelta, **said: str) -> Any:
    values = {"whose": mark_on_device(person), "ago": int(ago.total_seconds()), **said}
    return client.post(url(event, "here/waiting/"), values)


def scanned(event: Event, ago: timedelta) -> str:
    return wall.code_at(event.pk, timezone.now() - ago)


@pytest.mark.parametrize(
    ("ago", "claimed", "status"),
    [
        (timedelta(hours=20), timedelta(hours=20), 200),
        (timedelta(hours=20), timedelta(hours=20, seconds=20), 200),  # the phone's clock was set meanwhile
        (timedelta(hours=20), timedelta(hours=19), 422),  # another time than the code's
        (timedelta(hours=25), timedelta(hours=25), 422),  # too old
        (timedelta(hours=23, minutes=30), timedelta(hours=23, minutes=30), 422),  # the code of before the event
    ],
)
def test_a_code_counts_as_of_when_it_was_scanned(
    ago: timedelta, claimed: timedelta, status: int, world: Any, sign_in: Any
) -> None:
    ends = timezone.localtime(timezone.now() - timedelta(hours=1), ZoneInfo(world.program.time_zone))
    until = {"until_on": ends.date(), "until_at": ends.time()}
    event = now_on(world, begun=timedelta(hours=23), noting="code", **until)
    person = sign_in(world.influencer)
    answer = send(person, event, world.influencer, claimed, code=scanned(event, ago))
    assert answer.status_code == status, answer.json()
    assert was_there(event, world.influencer) == (status == 200)


def test_a_code_that_was_passed_on_is_worth_nothing_once_the_event_is_over(world: Any, sign_in: Any) -> None:
    event, ago = now_on(world, begun=timedelta(hours=5), noting="code"), timedelta(hours=4)  # over for three hours
    person = sign_in(world.influencer)
    assert send(person, event, world.influencer, ago, code=scanned(event, ago)).status_code == 422
    assert not was_there(event, world.influencer)
    with time_machine.travel(timezone.now() - ago):
        page = wall.arrived(event, world.influencer.pk, scanned(event, timedelta(0)), timezone.now())
    assert send(person, event, world.influencer, ago, arrived=page).status_code == 200, "its page was open in time"


def test_it_is_for_who_scanned_it_and_nobody_guesses(world: Any, sign_in: Any) -> None:
    event, ago = now_on(world, noting="code"), timedelta(minutes=5)
    other = sign_in(world.influencer2)
    assert send(other, event, world.influencer, ago, code=scanned(event, ago)).status_code == 409
    assert send(other, event, world.influencer2, ago).status_code == 422, "a tap is not enough here"
    tried = [send(other, event, world.influencer2, ago, code="000000").status_code for _ in range(MOST_TRIES + 1)]
    assert tried[-2:] == [422, 429]
    assert send(other, event, world.influencer2, ago, code=scanned(event, ago)).status_code == 429
    assert not was_there(event, world.influencer2)


def test_a_button_pressed_without_a_connection_and_a_tap(world: Any, sign_in: Any) -> None:
    event, person = now_on(world, noting="code"), sign_in(world.influencer)
    page = person.get(url(event, "here/"), {"code": scanned(event, timedelta(0))})
    assert (
        send(person, event, world.influencer, timedelta(minutes=20), arrived=page.context["arrived"]).status_code == 200
    )
    tapped = now_on(world)
    assert "data-waits=" in person.get(url(tapped)).content.decode()
    assert "your own record" in send(person, tapped, world.influencer, timedelta(minutes=9)).json()["says"]
    assert was_there(event, world.influencer)
    assert was_there(tapped, world.influencer)
