"""Seats follow who is invited: nobody keeps one who may not come, and who joins later is invited once."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from community.events import jobs, services
from community.events.models import Answer, Event
from core.news.models import Notification
from programs.membership.models import Membership
from tests.factories.events import make_answer, make_event
from tests.world import join, make_user


def invited(event: Event) -> set[int]:
    return set(Notification.objects.filter(kind="events.invited", about=event.pk).values_list("person", flat=True))


def test_who_is_no_longer_invited_gives_the_place_back_after_the_undo(world: Any) -> None:
    event = make_event(world.program, capacity=1)
    make_answer(event, world.coach)
    make_answer(event, world.influencer, "waiting")
    seat = Membership.objects.filter(pk=world.coach_membership.pk)
    seat.update(ended_at=timezone.now())
    jobs.sweep()
    assert Answer.objects.get(event=event, choice="yes").person == world.coach
    seat.update(ended_at=timezone.now() - timedelta(minutes=11))
    jobs.sweep()
    assert list(Answer.objects.filter(event=event).values_list("person", "choice")) == [(world.influencer.pk, "yes")]


def test_who_joins_later_is_invited_once_of_a_series_in_one_go(world: Any) -> None:
    Membership.objects.update(since=timezone.now() - timedelta(days=30))
    event, series = make_event(world.program), uuid4()
    first = make_event(world.program, series=series)
    second = make_event(world.program, series=series, on=first.milestone.on + timedelta(days=7))
    past = make_event(world.program, on=timezone.localdate() - timedelta(days=3))
    new = make_user("newcomer")
    join(new, world.program, "influencer")
    for _time in range(2):
        jobs.sweep()
    mine = [each.pk for each in (event, first, second, past)]
    told = Notification.objects.filter(kind__contains="invited", about__in=mine).order_by("kind")
    assert list(told.values_list("person", "kind", "about")) == [
        (new.pk, "events.invited", str(event.pk)),
        (new.pk, "events.series_invited", str(first.pk)),
    ]


def test_a_generation_that_is_added_is_invited_and_nobody_else_again(world: Any) -> None:
    event = make_event(world.program)
    event.generations.set([world.generation])
    before = set(Membership.objects.filter(program=world.program).values_list("user", flat=True))
    assert not invited(event)
    services.edit_event(event, by=world.manager, generations=[])
    assert world.coach.pk not in invited(event)
    assert invited(event) <= before
    assert invited(event)
