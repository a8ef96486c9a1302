"""Events: in the world the kick-off on the timeline is announced, and two people have answered."""

from datetime import time, timedelta
from typing import Any

from django.utils import timezone

from community.events.guest_tokens import token_of
from community.events.models import Answer, Event, EventState
from community.events.models_after import Attendance, Feedback
from community.events.models_guests import Guest
from programs.phases.models import Milestone
from tests.factories.phases import make_milestone

ORDER = 70


def make_event(program: Any, **fields: Any) -> Event:
    """An event in two weeks, announced; `on`, `at`, `until_at`, `place` and titles belong to its date."""
    of_date = {"kind": Milestone.Kind.EVENT, "on": timezone.localdate() + timedelta(days=14), "at": time(9)}
    for name in ("on", "at", "until_on", "until_at", "place", "title_de", "title_en"):
        if name in fields:
            of_date[name] = fields.pop(name)
    milestone = fields.pop("milestone", None) or make_milestone(program, **of_date)
    return Event.objects.create(milestone=milestone, **({"state": EventState.ANNOUNCED} | fields))


def make_answer(event: Event, person: Any, choice: str = "yes", **fields: Any) -> Answer:
    return Answer.objects.create(event=event, person=person, choice=choice, **({"since": timezone.now()} | fields))


def make_attendance(event: Event, person: Any, **fields: Any) -> Attendance:
    return Attendance.objects.create(event=event, person=person, **fields)


def make_feedback(event: Event, person: Any, **fields: Any) -> Feedback:
    return Feedback.objects.create(event=event, person=person, **({"worth": 4, "pace": 4, "next_step": 4} | fields))


def make_guest(event: Event, email: str = "guest@elsewhere.example", **fields: Any) -> Guest:
    """Invited, in English; nobody was written to."""
    values = {"name": "Gloria Guest", "language": "en", "invited_at": timezone.now()} | fields
    if values.get("choice"):
        values = {"since": timezone.now()} | values
    return Guest.objects.create(event=event, email=email, **values)


def furnish(world: Any) -> None:
    world.event = make_event(world.program, milestone=world.milestone, capacity=12)
    world.answer = make_answer(world.event, world.influencer)
    make_answer(world.event, world.influencer2, "no")
    world.guest = make_guest(world.event)
    world.guest_token = token_of(world.guest.key)
    make_attendance(make_event(world.program, on=timezone.localdate() - timedelta(days=60)), world.influencer)
