"""Topics are counted over people, through the gate: below 2k - 1 nobody reads a number, above it a step of five."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from community.office_hours import topics
from community.office_hours.models import Booking, HoursHost, TakenSlot
from tests.world import join, make_user

ADDRESS = reverse("community:hours_topics", args=["nordlichter"])


@pytest.fixture(autouse=True)
def on_a_wednesday() -> Iterator[None]:
    """Nothing here depends on the day on which it runs."""
    now = timezone.now().replace(hour=12)
    with time_machine.travel(now + timedelta(days=(2 - now.weekday()) % 7), tick=False):
        yield


@pytest.fixture
def hours(world: Any) -> HoursHost:
    Booking.objects.all().delete()
    HoursHost.objects.filter(pk=world.hours.pk).update(topics=["Comments", "Pictures"])
    return world.hours  # type: ignore[no-any-return]


def had(hours: HoursHost, people: int, topic: str, *, days: int = 14, each: int = 1) -> None:
    """So many people had so many hours about something, some days ago."""
    first = Booking.objects.count()
    for number in range(people):
        person = make_user(f"asker{first}-{number}")
        join(person, hours.program, "influencer")
        for place in range(each):
            start = timezone.now() - timedelta(days=days, minutes=30 * (number * each + place + first))
            span = {"starts_at": start, "ends_at": start + timedelta(minutes=20)}
            slot = TakenSlot.objects.create(host=hours, **span)
            Booking.objects.create(program=hours.program, slot=slot, person=person, topic=topic, **span)


def others(hours: HoursHost, people: int = 15) -> None:
    """Who could have asked and did not: without them, nearly everybody asked."""
    for number in range(people):
        join(make_user(f"other{number}"), hours.program, "influencer")


def cells(world: Any) -> dict[str, str]:
    chart = topics.asked_for(world.program)
    assert chart is not None
    return {row.label: row.cells[0].display or row.cells[0].reason for row in chart.rows}


FEW = "Fewer than 10 people chose this."


def test_from_ten_people_on_in_steps_of_five(world: Any, hours: HoursHost, sign_in: Any) -> None:
    others(hours)
    had(hours, 9, "Pictures")
    had(hours, 12, "Comments")
    assert cells(world) == {"Comments": "10 to 14", "Pictures": FEW}
    page = sign_in(world.coach).get(ADDRESS).content.decode()
    assert "Most requested: Comments." in page
    assert "10 to 14" in page
    assert 'data-value="9"' not in page


def test_four_accounts_tell_of_no_fifth_person(world: Any, hours: HoursHost) -> None:
    """Who books about a topic with four accounts would read whether anybody else asked about it, and in which week."""
    had(hours, 4, "Comments")
    assert cells(world)["Comments"] == FEW
    had(hours, 1, "Comments", days=10)
    with time_machine.travel(timezone.now() + timedelta(days=7)):
        assert cells(world)["Comments"] == FEW


def test_a_topic_that_is_taken_away_and_back_is_not_counted_anew(world: Any, hours: HoursHost) -> None:
    others(hours)
    had(hours, 12, "Comments")
    assert cells(world)["Comments"] == "10 to 14"
    with time_machine.travel(timezone.now() + timedelta(days=7)):
        HoursHost.objects.update(topics=["Pictures"])
        assert cells(world) == {"Pictures": FEW}
    had(hours, 4, "Comments", days=3)
    with time_machine.travel(timezone.now() + timedelta(days=14)):
        HoursHost.objects.update(topics=["Pictures", "Comments"])
        assert cells(world)["Comments"] == "10 to 14", "sixteen, and moved by four"


def test_people_are_counted_and_not_their_hours(world: Any, hours: HoursHost, sign_in: Any) -> None:
    had(hours, 2, "Comments", each=4)
    assert cells(world)["Comments"] == FEW
    assert "so none is shown" in sign_in(world.coach).get(ADDRESS).content.decode()


def test_own_words_and_this_week_are_not_counted(world: Any, hours: HoursHost) -> None:
    had(hours, 12, "My secret matter")
    had(hours, 12, "Comments", days=0)
    had(hours, 12, "Pictures", days=120)
    assert cells(world) == {
        "Comments": FEW,
        "Pictures": FEW,
    }


def test_it_stands_for_the_week_also_when_somebody_is_forgotten(world: Any, hours: HoursHost) -> None:
    others(hours)
    had(hours, 10, "Comments")
    assert cells(world)["Comments"] == "10 to 14"
    Booking.objects.first().delete()  # type: ignore[union-attr]
    assert cells(world)["Comments"] == "10 to 14"
    with time_machine.travel(timezone.now() + timedelta(days=7)):
        assert cells(world)["Comments"] == "10 to 14"
    Booking.objects.all().delete()
    with time_machine.travel(timezone.now() + timedelta(days=14)):
        assert cells(world)["Comments"] == FEW


def test_nearly_everybody_is_not_counted_out(world: Any, hours: HoursHost) -> None:
    had(hours, 30, "Comments")
    assert "30 to" not in cells(world)["Comments"]


def test_without_topics(world: Any, hours: HoursHost, sign_in: Any) -> None:
    HoursHost.objects.update(topics=[])
    assert "No topics yet" in sign_in(world.coach).get(ADDRESS).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_it_asks_twice(
    count: int, world: Any, hours: HoursHost, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    had(hours, count, "Comments")
    topics.asked_for(world.program)
    with django_assert_num_queries(2):
        topics.asked_for(world.program)
