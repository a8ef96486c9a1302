"""Pulses: in the world one is open, one is planned, and the result of one is published."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from community.pulses import pots, questions, services
from community.pulses.models import PulseComment, PulseRound
from core.news.models import Notification
from core.people.models import User
from programs.consents.models import today_in
from programs.generations.models import Generation, Participant
from programs.membership.models import Membership, Program, Role

ORDER = 75
USUAL = ("satisfaction", "time", "recommendation")


def make_pulse(program: Program, *, keys: tuple[str, ...] = USUAL, days: int = 0, **fields: Any) -> PulseRound:
    """Opened `days` ago; in a world of two nobody asks whether enough are there."""
    asks, today = questions.chosen(keys), today_in(program)
    opens_on: date = today - timedelta(days=days)
    fields = {"moment": "weekly", "opens_on": opens_on, "closes_on": opens_on + timedelta(days=6)} | fields
    pot = pots.close_up(pots.empty(asks))
    return PulseRound.objects.create(program=program, questions=[each.kept for each in asks], pot=pot, **fields)


def make_result(pulse: PulseRound, *said: dict[str, int], asked: int = 0) -> PulseRound:
    """As if these had answered, and it had ended."""
    sums, asks = pots.empty(services.asked(pulse)), services.asked(pulse)
    for each in said:
        sums.add(each, asks)
    pulse.pot = pots.close_up(sums)
    pulse.save(update_fields=["pot"])
    services.close(pulse)
    pulse.refresh_from_db()
    return pulse


def make_crowd(program: Program, generation: Generation, count: int, name: str = "crowd") -> list[User]:
    people = User.objects.bulk_create(
        User(email=f"{name}{number}@example.com", name=f"{name.title()} {number}", language="en")
        for number in range(count)
    )
    Membership.objects.bulk_create(Membership(program=program, user=each, role=Role.INFLUENCER) for each in people)
    Participant.objects.bulk_create(
        Participant(program=program, generation=generation, user=each, joined_on=program.start_on) for each in people
    )
    return people


def many(count: int) -> list[dict[str, int]]:
    return [{"satisfaction": 3 + n % 3, "time": 1 + n % 5, "recommendation": 5 + n % 6} for n in range(count)]


def furnish(world: Any) -> None:
    world.pulse = make_pulse(world.program, asks_comment=True, told_at=timezone.now())
    world.pulse_planned = make_pulse(world.program, days=-30)
    world.pulse_result = make_result(make_pulse(world.program, days=30), *many(30))
    said = {"published_at": timezone.now(), "consequence": {"en": "We free two hours a week."}}
    PulseRound.objects.filter(pk=world.pulse_result.pk).update(**said)
    Notification.objects.filter(kind__startswith="pulses.").delete()
    world.pulse_result.refresh_from_db()
    world.pulse_comment = PulseComment.objects.create(pulse=world.pulse_result, text="More time, please")
