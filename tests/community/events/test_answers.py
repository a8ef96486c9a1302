"""Yes, maybe or no without a reason; places by arrival, a waiting list that moves up at once, and no name for a no."""

from datetime import time, timedelta
from functools import partial
from threading import Barrier
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from community.events import answering, jobs, leaving, moments
from community.events.models import Answer, Event
from core.news.models import Notification
from programs.generations import services as generations
from tests.at_once import beside
from tests.factories.events import make_answer, make_event
from tests.world import join, make_user

MANY = 100


def url(event: Event, what: str = "") -> str:
    return f"/p/nordlichter/events/{event.pk}/{what}"


def said(event: Event, person: Any) -> str:
    return Answer.objects.filter(event=event, person=person).values_list("choice", flat=True).first() or ""


def taken(event: Event) -> int:
    return Event.objects.values_list("taken", flat=True).get(pk=event.pk)


def full(world: Any, people: int = 1) -> tuple[Event, list[Any]]:
    """An event whose places are all taken, and who has them."""
    event = make_event(world.program, capacity=people)
    having = [make_user(f"early{number}") for number in range(people)]
    for person in having:
        join(person, world.program, "influencer")
        make_answer(event, person)
    return event, having


def test_an_answer_is_one_tap_and_undo_brings_back_what_was_said(world: Any, sign_in: Any) -> None:
    event = make_event(world.program, capacity=12)
    person = sign_in(world.influencer)
    page = person.post(url(event, "answer/"), {"choice": "yes"}, follow=True).content.decode()
    assert "You are coming. Your place is reserved." in page
    assert f"{url(event, 'answer/')}?choice=" in page  # undo
    person.post(url(event, "answer/"), {"choice": "no"})
    assert (said(event, world.influencer), taken(event)) == ("no", 0)
    person.post(url(event, "answer/") + "?choice=yes")
    assert (said(event, world.influencer), taken(event)) == ("yes", 1)
    person.post(url(event, "answer/") + "?choice=")
    assert (said(event, world.influencer), taken(event)) == ("", 0)
    assert "Please choose" in person.post(url(event, "answer/"), {"choice": "perhaps"}, follow=True).content.decode()


def test_looking_changes_nothing(world: Any, sign_in: Any) -> None:
    event = make_event(world.program)
    assert sign_in(world.influencer).get(url(event, "answer/") + "?choice=yes").status_code == 405
    assert said(event, world.influencer) == ""


def test_who_comes_late_waits_and_sees_the_place(world: Any, sign_in: Any) -> None:
    event, _having = full(world)
    first, second = sign_in(world.influencer), sign_in(world.influencer2)
    assert "All places are taken." in first.get(url(event)).content.decode()
    first.post(url(event, "answer/"), {"choice": "yes"})
    second.post(url(event, "answer/"), {"choice": "yes"})
    first.post(url(event, "answer/"), {"choice": "yes"})  # once more: the place in the line stays
    assert "<b>1</b>" in first.get(url(event)).content.decode()
    page = second.get(url(event)).content.decode()
    assert "<b>2</b>" in page
    assert "Leave the waiting list" in page
    assert "Waiting list, place 2" in second.get("/p/nordlichter/events/").content.decode()
    first.post(url(event, "answer/"), {"choice": ""})
    assert "<b>1</b>" in second.get(url(event)).content.decode()


def test_a_free_place_goes_to_who_waited_longest_at_once(world: Any) -> None:
    event, having = full(world, 2)
    for person in (world.influencer, world.influencer2):
        answering.answer(event, choice="yes", person=person)
    answering.answer(event, choice="no", person=having[0])
    assert (said(event, world.influencer), said(event, world.influencer2), taken(event)) == ("yes", "waiting", 2)
    told = Notification.objects.filter(kind="events.moved_up")
    assert list(told.values_list("person", flat=True)) == [world.influencer.pk]


def test_more_places_let_people_move_up(world: Any, sign_in: Any) -> None:
    event, _having = full(world)
    answering.answer(event, choice="yes", person=world.influencer)
    form = {"title_en": "Camp", "kind": "barcamp", "on": event.milestone.on.isoformat(), "at": "09:00"}
    sign_in(world.manager).post(url(event, "edit/"), form | {"capacity": "2", "has_waiting_list": "on"})
    assert (said(event, world.influencer), taken(event)) == ("yes", 2)


def test_after_noon_of_the_day_before_nobody_is_moved_up_any_more(world: Any, sign_in: Any) -> None:
    event, having = full(world)
    answering.answer(event, choice="yes", person=world.influencer)
    soon = timezone.localdate()
    type(event.milestone).objects.filter(pk=event.milestone_id).update(on=soon, at=time(23, 59))
    answering.answer(event, choice="no", person=having[0])
    assert said(event, world.influencer) == "waiting"
    visitor = sign_in(world.influencer2)
    visitor.post(url(event, "answer/"), {"choice": "yes"})  # the place is free, and whoever takes it has it
    assert said(event, world.influencer2) == "yes"


def test_without_a_waiting_list_it_says_that_it_is_full(world: Any, sign_in: Any) -> None:
    event, _having = full(world)
    Event.objects.filter(pk=event.pk).update(has_waiting_list=False)
    page = sign_in(world.influencer).post(url(event, "answer/"), {"choice": "yes"}, follow=True).content.decode()
    assert "there is no waiting list" in page
    assert said(event, world.influencer) == ""


def test_what_was_or_is_cancelled_takes_no_answers(world: Any, sign_in: Any) -> None:
    gone = make_event(world.program, on=timezone.localdate() - timedelta(days=3))
    off = make_event(world.program, state="cancelled")
    for event in (gone, off):
        page = sign_in(world.influencer).post(url(event, "answer/"), {"choice": "yes"}, follow=True).content.decode()
        assert "You can no longer answer" in page
        assert said(event, world.influencer) == ""


def test_hosts_read_names_of_yes_and_never_of_a_no(world: Any, sign_in: Any) -> None:
    event = make_event(world.program, capacity=12, video="https://meet.jit.si/nord", place="")
    make_answer(event, world.influencer)
    make_answer(event, world.influencer2, "no")
    page = sign_in(world.manager).get(url(event)).content.decode()
    assert str(world.influencer) in page
    assert str(world.influencer2) not in page
    assert "of 12 places" in page
    other = sign_in(world.influencer2).get(url(event)).content.decode()
    assert str(world.influencer) + "<" not in other
    assert "meet.jit.si" not in other  # the call is for who comes
    coming = sign_in(world.influencer)
    assert "meet.jit.si" in coming.get(url(event)).content.decode()
    coming.post(url(event, "shown/"), {"is_shown": "on"})
    assert str(world.influencer) in sign_in(world.influencer2).get(url(event)).content.decode()
    coming.post(url(event, "shown/"))
    assert str(world.influencer) + "<" not in sign_in(world.influencer2).get(url(event)).content.decode()


@pytest.mark.parametrize("outside", ["council", "executive"])
def test_who_shows_that_they_come_is_seen_by_who_is_invited_only(outside: str, world: Any, sign_in: Any) -> None:
    event = make_event(world.program, roles=["influencer"])
    make_answer(event, world.influencer, is_shown=True)
    assert str(world.influencer) in sign_in(world.influencer2).get(url(event)).content.decode()
    page = sign_in(getattr(world, outside)).get(url(event)).content.decode()
    assert str(event.milestone.title) in page
    assert str(world.influencer) not in page


def test_the_button_to_join_comes_ten_minutes_before(world: Any, sign_in: Any) -> None:
    now = timezone.localtime(timezone.now(), moments.begins(make_event(world.program).milestone).tzinfo)
    soon = now + timedelta(minutes=8)
    event = make_event(world.program, on=soon.date(), at=soon.time(), video="https://meet.jit.si/nord")
    make_answer(event, world.influencer)
    assert "It is about to start" in sign_in(world.influencer).get(url(event)).content.decode()
    assert "It is about to start" not in sign_in(world.influencer2).get(url(event)).content.decode()


@pytest.mark.parametrize("way", ["leave", "pause", "erase"])
def test_who_leaves_or_pauses_makes_room_and_nobody_is_told_why(way: str, world: Any) -> None:
    event, _having = full(world)
    Answer.objects.filter(event=event).update(person=world.influencer)
    answering.answer(event, choice="yes", person=world.influencer2)
    if way == "pause":
        participant = world.influencer.participations.get(program=world.program)
        generations.pause(participant, by=world.influencer)
        jobs.sweep()
        assert said(event, world.influencer) == "yes", "who goes on the same day has lost nothing"
        with time_machine.travel(timezone.now() + timedelta(days=1), tick=True):
            jobs.sweep()
    elif way == "leave":
        leaving.forget_person(world.influencer, world.program)
    else:
        leaving.forget_everywhere(world.influencer)
    assert (said(event, world.influencer), said(event, world.influencer2), taken(event)) == ("", "yes", 1)
    told = Notification.objects.filter(kind__startswith="events.").exclude(kind="events.invited")
    assert list(told.values_list("person", "kind")) == [(world.influencer2.pk, "events.moved_up")]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_a_fixed_number_of_questions(
    world: Any, sign_in: Any, rows: int, django_assert_num_queries: Any
) -> None:
    event, _having = full(world, rows)
    for person, count in ((world.manager, 11), (world.influencer, 9)):
        visitor = sign_in(person)
        visitor.get(url(event))
        with django_assert_num_queries(count):
            visitor.get(url(event))


def test_the_database_refuses_one_more_than_there_are_places(world: Any) -> None:
    event, _having = full(world)
    with pytest.raises(IntegrityError, match="event_never_oversold"), transaction.atomic():
        make_answer(event, world.influencer)
    make_answer(event, world.influencer2, "maybe")
    with pytest.raises(IntegrityError, match="event_never_oversold"), transaction.atomic():
        Answer.objects.filter(event=event).update(choice="yes")


def crowd(world: Any) -> list[Any]:
    people = [make_user(f"crowd{number}") for number in range(MANY)]
    for person in people:
        join(person, world.program, "influencer")
    return people


def all_at_once(people: list[Any], work: Any) -> list[Any]:
    return beside(*(partial(work, person) for person in people))


@pytest.mark.django_db(transaction=True)
def test_a_hundred_at_the_last_place_and_one_has_it(world: Any) -> None:
    event, _having = full(world, 2)
    Answer.objects.filter(event=event).first().delete()  # type: ignore[union-attr]
    all_at_once(crowd(world), lambda person: answering.answer(event, choice="yes", person=person))
    choices = list(Answer.objects.filter(event=event).values_list("choice", flat=True))
    assert (choices.count("yes"), choices.count("waiting"), taken(event)) == (2, MANY - 1, 2)


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_and_the_count_it_would_be_oversold(world: Any) -> None:
    """The negative control: look first, write afterwards, with a single place that the database does not know of."""
    event = make_event(world.program, capacity=None)
    gate = Barrier(3, timeout=30)

    def careless(person: Any) -> None:
        if not Answer.objects.filter(event=event, choice="yes").exists():
            gate.wait()
            make_answer(event, person)

    all_at_once(crowd(world)[:3], careless)
    assert Answer.objects.filter(event=event, choice="yes").count() == 3
