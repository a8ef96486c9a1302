"""The last hour, twenty at once: one has it, nothing is oversold, nobody is at two places."""

from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.utils import timezone

from community.office_hours import services
from community.office_hours.models import Booking, TakenSlot
from tests.at_once import MANY, at_once
from tests.factories.office_hours import free, make_hours
from tests.world import join, make_user


@pytest.mark.django_db(transaction=True)
def test_twenty_at_the_last_hour(world: Any) -> None:
    """One has it, nobody twice; the others are told that it is gone."""
    slot = free(world.hours)[40]
    people = [make_user(f"person{number}") for number in range(MANY)]
    for person in people:
        join(person, world.program, "influencer")
    left = list(people)

    def press() -> bool:
        try:
            services.book(world.hours, start=slot.start, by=left.pop())
        except services.SlotGone:
            return False
        return True

    assert sum(at_once(press)) == 1
    assert TakenSlot.objects.get(host=world.hours, starts_at=slot.start).taken == 1
    assert Booking.objects.filter(starts_at=slot.start).count() == 1


@pytest.mark.django_db(transaction=True)
def test_twenty_at_a_group_of_five(world: Any) -> None:
    world.hours.windows.update(places=5)
    slot = free(world.hours)[40]
    left = [make_user(f"person{number}") for number in range(MANY)]

    def press() -> bool:
        try:
            services.book(world.hours, start=slot.start, by=left.pop())
        except services.SlotGone:
            return False
        return True

    assert sum(at_once(press)) == 5
    assert Booking.objects.filter(starts_at=slot.start).count() == 5


@pytest.mark.django_db(transaction=True)
def test_one_person_at_many_hosts_at_once(world: Any) -> None:
    """A person who presses in many windows has one hour at a time."""
    other = make_hours(world.program, world.manager)
    slot = free(world.hours)[40]
    turns = [world.hours, other] * (MANY // 2)

    def press() -> bool:
        try:
            services.book(turns.pop(), start=slot.start, by=world.influencer2)
        except (services.SlotGone, services.Overlapping):
            return False
        return True

    at_once(press)
    assert Booking.objects.filter(person=world.influencer2, state="booked").count() == 1


@pytest.mark.django_db(transaction=True)
def test_looking_first_and_writing_then_would_oversell(world: Any) -> None:
    """The negative control: the same race without the statement that takes a place."""
    slot = TakenSlot.objects.create(
        host=world.hours, starts_at=timezone.now() + timedelta(days=500), ends_at=timezone.now() + timedelta(days=501)
    )
    looked = Barrier(2)  # two of them at a time have looked before either writes

    def press() -> bool:
        is_free = TakenSlot.objects.get(pk=slot.pk).taken < slot.places
        looked.wait(timeout=30)
        if is_free:
            TakenSlot.objects.filter(pk=slot.pk).update(taken=1)
        return is_free

    assert sum(at_once(press)) > slot.places
