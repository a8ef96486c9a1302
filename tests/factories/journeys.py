"""Journeys: in the world one that is on, with a letter that one person got."""

from typing import Any

from django.utils import timezone

from community.journeys.models import Journey, JourneyLetter, JourneySending

ORDER = 75


def make_journey(program: Any, **fields: Any) -> Journey:
    values = {"title": {"en": "Welcome"}, "start": "joined", "is_on": True, "on_since": timezone.localdate()} | fields
    return Journey.objects.create(program=program, **values)


def make_letter(journey: Journey, **fields: Any) -> JourneyLetter:
    values = {"subject": {"en": "Hello"}, "body": {"en": "Hello {{first_name}}, good to see you."}} | fields
    return JourneyLetter.objects.create(journey=journey, **values)


def make_sending(letter: JourneyLetter, person: Any, **fields: Any) -> JourneySending:
    values = {"key": letter.key, "on": timezone.localdate()} | fields
    return JourneySending.objects.create(letter=letter, person=person, **values)


def furnish(world: Any) -> None:
    world.journey = make_journey(world.program)
    world.journey_letter = make_letter(world.journey, days=3)
    make_sending(world.journey_letter, world.influencer)
