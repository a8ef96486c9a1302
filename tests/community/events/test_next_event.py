"""The next event on the start pages: for each role what it may know, and the way in when it begins."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from community.events import answering, leaving, services
from community.events.models import Event
from community.events.next_event import NextEvent, tile
from programs.generations.models import Generation
from tests.factories.events import make_answer, make_event

HOME = "/p/nordlichter/"
LINK = "https://meet.example.com/next"


def today_at(hour: int, minute: int = 0) -> datetime:
    return datetime.combine(timezone.localdate(), time(hour, minute), tzinfo=ZoneInfo("Europe/Berlin"))


@pytest.fixture
def event(world: Any) -> Event:
    Event.objects.all().delete()
    return make_event(
        world.program, title_en="Meet-up", on=timezone.localdate(), at=time(14), place="Hall 3", video=LINK, capacity=12
    )


def shown(world: Any, person: Any) -> NextEvent | None:
    return tile(person, world.program, timezone.localdate())


def test_each_role_sees_what_its_event_page_would_show(world: Any, event: Event, sign_in: Any) -> None:
    make_answer(event, world.influencer)
    with time_machine.travel(today_at(9), tick=False):
        influencer, manager, coach = (
            sign_in(each).get(HOME).content.decode() for each in (world.influencer, world.manager, world.coach)
        )
    for page in (influencer, manager, coach):
        assert "Next event" in page
        assert "Meet-up" in page
        assert "14:00, Hall 3" in " ".join(page.split())
    assert "You are coming. Your place is reserved." in influencer
    assert "You have not answered yet." in coach
    assert "Coming: 1" in manager
    assert "of 12 places" in manager
    assert "Coming: " not in influencer + coach


@pytest.mark.parametrize(("hour", "minute", "joins"), [(13, 49, False), (13, 50, True), (15, 59, True)])
def test_one_joins_from_ten_minutes_before(
    hour: int, minute: int, joins: bool, world: Any, event: Event, sign_in: Any
) -> None:
    make_answer(event, world.influencer, "maybe")
    make_answer(event, world.coach, "no")
    with time_machine.travel(today_at(hour, minute), tick=False):
        assert (LINK in sign_in(world.influencer).get(HOME).content.decode()) is joins
        assert (LINK in sign_in(world.manager).get(HOME).content.decode()) is joins
        page = sign_in(world.coach).get(HOME).content.decode()
    assert LINK not in page  # who does not come is not given the address
    assert "You said no." in page


def test_what_is_over_gives_way_to_what_comes_then(world: Any, event: Event) -> None:
    later = make_event(world.program, on=date.fromordinal(timezone.localdate().toordinal() + 3))
    with time_machine.travel(today_at(9), tick=False):
        assert shown(world, world.influencer).event == event
    with time_machine.travel(today_at(16), tick=False):
        assert shown(world, world.influencer).event == later


def test_only_for_who_is_invited(world: Any, event: Event) -> None:
    other = Generation.objects.create(
        program=world.program, name="Later", number=9, start_on=timezone.localdate(), places=5
    )
    event.generations.add(other)
    with time_machine.travel(today_at(9), tick=False):
        assert shown(world, world.influencer) is None
        assert shown(world, world.manager).event == event


def test_it_is_new_as_soon_as_something_changes_and_asks_nothing_else(
    world: Any,
    event: Event,
    django_assert_num_queries: DjangoAssertNumQueries,
    django_capture_on_commit_callbacks: Any,
) -> None:
    with time_machine.travel(today_at(9), tick=False):
        assert shown(world, world.influencer).choice == ""
        assert shown(world, world.manager).coming.low == 0
        with django_capture_on_commit_callbacks(execute=True):
            answering.answer(event, choice="yes", person=world.influencer)
        assert shown(world, world.influencer).choice == "yes"
        assert shown(world, world.manager).coming.low == 1
        with django_assert_num_queries(0):
            shown(world, world.influencer)
        with django_capture_on_commit_callbacks(execute=True):
            leaving.forget_person(world.influencer, world.program)
        assert shown(world, world.influencer).choice == ""
        with django_capture_on_commit_callbacks(execute=True):
            services.cancel_event(event, by=world.manager)
        assert shown(world, world.influencer) is None
        with django_capture_on_commit_callbacks(execute=True):
            services.reopen_event(event, by=world.manager)
        assert shown(world, world.influencer).event == event
