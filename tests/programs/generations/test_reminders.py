"""A step of the onboarding is recalled once, before its day has passed, to the person alone."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from core.news.models import Hours, Notification, Way, Wish
from programs.consents.models import today_in
from programs.generations import news, reminders, services
from programs.generations.models import Participant, Step
from tests.factories.events import make_event
from tests.factories.phases import make_milestone


@pytest.fixture
def step(world: Any) -> Step:
    """The only one of the path, suggested for tomorrow."""
    Step.objects.filter(generation=world.generation).update(is_left_out=True)
    days = (today_in(world.program) - world.participant.joined_on).days
    fields = {"key": "own-1", "position": 1, "title": {"en": "Draw a map"}, "due_days": days + 1}
    return Step.objects.create(generation=world.generation, **fields)


def told(world: Any) -> list[str]:
    rows = Notification.objects.filter(kind=news.STEP, person=world.influencer)
    return [found.title for found in news.look_at_step(world.influencer, list(rows)).values()]


def test_a_step_is_recalled_once(world: Any, step: Step) -> None:
    reminders.remind()
    assert told(world) == ["Draw a map"]
    assert Notification.objects.filter(kind=news.STEP).count() == 1, "nobody else has that step on that day"
    Notification.objects.update(read_at="2026-01-01T00:00Z")
    reminders.remind()
    assert Notification.objects.filter(kind=news.STEP).count() == 1


@pytest.mark.parametrize(
    "what",
    [
        "they have just joined",
        "it is done",
        "the person pauses",
        "the day has passed",
        "it is later",
        "it is skipped",
        "the event writes",
    ],
)
def test_nobody_is_reminded_when(world: Any, step: Step, what: str) -> None:
    if what == "it is done":
        services.finish_step(step, world.participant)
    elif what == "they have just joined":
        Participant.objects.filter(pk=world.participant.pk).update(joined_on=today_in(world.program))
        Step.objects.filter(pk=step.pk).update(due_days=1)
    elif what == "the person pauses":
        services.pause(world.participant, by=world.influencer)
    elif what == "it is skipped":
        Step.objects.filter(pk=step.pk).update(is_left_out=True)
    elif what == "the event writes":
        event = make_event(world.program, on=today_in(world.program) + timedelta(days=1))
        Step.objects.filter(pk=step.pk).update(milestone=event.milestone)
    else:
        Step.objects.filter(pk=step.pk).update(due_days=step.due_days + (-3 if what == "the day has passed" else 3))
    reminders.remind()
    assert not Notification.objects.filter(kind=news.STEP).exists()


def test_a_date_without_reminders_of_its_own_counts(world: Any, step: Step) -> None:
    date = make_milestone(world.program, on=today_in(world.program) + timedelta(days=1))
    Step.objects.filter(pk=step.pk).update(milestone=date, due_days=500)
    reminders.remind()
    assert told(world) == ["Draw a map"]


def test_the_mail_keeps_to_the_hours_the_person_chose(world: Any, step: Step) -> None:
    Wish.objects.create(person=world.influencer, kind=news.STEP, is_shown=True, mail=Way.NOW)
    Hours.objects.create(person=world.influencer, days=[3], start=10, end=11)
    reminders.remind()
    due = Notification.objects.get(kind=news.STEP, person=world.influencer).due_at
    assert due is not None
    at = due.astimezone(ZoneInfo(world.influencer.time_zone))
    assert (at.weekday(), at.hour) == (3, 10)


def test_what_is_done_in_the_meantime_is_not_told(world: Any, step: Step) -> None:
    reminders.remind()
    services.finish_step(step, world.participant)
    assert told(world) == []
