"""What the group logged, for who leads it: people in ranges, as of a Monday, renewed only when many have changed."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from analytics.activities.logged_by_group import counts_of
from analytics.activities.models import Activity
from core.disclosure.gate import People
from core.people.models import User
from programs.consents.models import Action
from programs.membership.models import Membership
from programs.membership.standing import last_monday
from tests.factories.activities import make_activity
from tests.factories.kpis import agree, make_generation, make_person
from tests.world import client_of

SIZE = 30


@pytest.fixture
def people(world: Any) -> list[User]:
    """Thirty people who have taken part for a while and agreed, beside those of the world."""
    Activity.objects.all().delete()
    long_ago = world.today - timedelta(days=200)
    generation = make_generation(world.program, 77, long_ago)
    found = [make_person(world.program, generation, f"Person {n}", joined_on=long_ago) for n in range(SIZE)]
    Membership.objects.filter(user__in=found).update(since=timezone.now() - timedelta(days=200))
    return found


def log(world: Any, person: User, *, days_before: int = 3, **fields: Any) -> Activity:
    """Before last Monday, on the day itself."""
    on = last_monday(world.program) - timedelta(days=days_before)
    made = make_activity(person, world.program, on=on, **({"kind": "mentoring"} | fields))
    Activity.objects.filter(pk=made.pk).update(
        created_at=timezone.make_aware(datetime.combine(on, datetime.min.time()))
    )
    return made


def test_people_are_counted_and_not_entries(world: Any, people: list[User]) -> None:
    for person in people[:12]:
        log(world, person, topics=["Materials"])
        log(world, person)
    for person in people[:8]:
        log(world, person, kind="podcast")
    counts = counts_of(world.program)
    assert counts["kind:mentoring"] == counts["topic:Materials"] == People(10, 14)
    assert counts["kind:podcast"] == counts["kind:event"] == People(0, 9), "eight and nobody look the same"


def test_who_did_not_agree_is_not_counted(world: Any, people: list[User]) -> None:
    for person in people[:12]:
        log(world, person)
    for person in people[:4]:
        agree(world.program, person, Action.WITHDRAWN)
    assert counts_of(world.program)["kind:mentoring"] == People(0, 9)


def test_what_is_too_old_deleted_or_new_is_not_counted(world: Any, people: list[User]) -> None:
    for person in people[:12]:
        log(world, person, days_before=90)
    for person in people[:12]:
        log(world, person, kind="event", deleted_at=timezone.now() - timedelta(days=30))
    for person in people[:12]:
        make_activity(person, world.program, kind="article", on=last_monday(world.program) - timedelta(days=3))
    counts = counts_of(world.program)
    assert counts["kind:mentoring"] == counts["kind:event"] == counts["kind:article"] == People(0, 9)


def test_a_number_waits_until_many_have_changed(world: Any, people: list[User]) -> None:
    """She adds an entry of a hidden account each week and waits for one other person: the number does not follow."""
    for person in people[:14]:
        log(world, person)
    assert counts_of(world.program)["kind:mentoring"] == People(10, 14)
    for week in range(1, 4):
        with time_machine.travel(timezone.now() + timedelta(weeks=week), tick=False):
            log(world, people[14 + week])
            assert counts_of(world.program)["kind:mentoring"] == People(10, 14)
    with time_machine.travel(timezone.now() + timedelta(weeks=5), tick=False):
        for person in people[18:26]:
            log(world, person)
        assert counts_of(world.program)["kind:mentoring"] == People(20, SIZE)


def test_the_page_says_ranges_and_the_file_no_more(world: Any, people: list[User]) -> None:
    for person in people[:12]:
        log(world, person)
    page = reverse("analytics:activities_group", args=[world.program.slug])
    manager = client_of("manager", world)
    shown = manager.get(page).content.decode()
    assert "10 to 14" in shown
    file = manager.get(page + "?figure=group-kinds").content.decode()
    assert "10 to 14" in file
    assert "12" not in file
    assert "Person 1" not in shown + file
