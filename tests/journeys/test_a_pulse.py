"""A pulse from question to consequence: planned, answered on a phone, closed by the clock, answered by the team, read
by everybody; and what one person said is nowhere."""

from datetime import timedelta
from typing import Any

import time_machine
from django.urls import reverse
from django.utils import timezone

from community.pulses import tasks
from community.pulses.models import PulseMark, PulseRound
from programs.membership.models import Program
from tests.factories.pulses import make_crowd


def test_a_pulse_from_question_to_consequence(world: Any, sign_in: Any) -> None:
    PulseRound.objects.all().delete()
    Program.objects.filter(pk=world.program.pk).update(time_zone="UTC")
    crowd = make_crowd(world.program, world.generation, 11)
    manager = sign_in(world.manager)
    last = world.today + timedelta(days=6)
    plan = {"moment": "weekly", "items": ["time", "recommendation"], "asks_comment": "on"}
    plan |= {"own_en": "I may say no.", "opens_on": world.today.isoformat(), "closes_on": last.isoformat()}
    manager.post(url("pulse_new"), plan)
    pulse = PulseRound.objects.get()

    for number, person in enumerate([*crowd, world.influencer]):
        client = sign_in(person)
        assert "20 seconds" in client.get(f"/p/{world.program.slug}/").content.decode()
        said = {
            "do": "answer",
            "time": 1 + number % 3,
            "recommendation": 9,
            "own": 5,
            "comment": "Give us a fixed hour",
        }
        page = client.post(url("pulse", pulse.pk), said, follow=True).content.decode()
        assert "Thank you, that is all" in page

    with time_machine.travel(timezone.now() + timedelta(days=8), tick=False):
        tasks.look_after()
        manager = sign_in(world.manager)
        page = manager.get(url("pulse_result", pulse.pk)).content.decode()
        assert "Only the program managers can read this so far." in page
        assert page.count("Give us a fixed hour") == 12
        assert sign_in(world.executive).get(url("pulse_result", pulse.pk)).status_code == 404
        manager = sign_in(world.manager)
        manager.post(url("pulse_consequence", pulse.pk), {"consequence_en": "Fridays at nine are yours.", "seen": "{}"})
        manager.post(url("pulse_publish", pulse.pk))
        for reader in (world.influencer, world.executive, world.council, world.influencer2):
            page = sign_in(reader).get(url("pulse_result", pulse.pk)).content.decode()
            assert "Fridays at nine are yours." in page
            assert "9 to 19 people answered" in page
            assert "Give us a fixed hour" not in page
    assert not PulseMark.objects.exists()


def url(name: str, *args: Any) -> str:
    return reverse(f"community:{name}", args=["nordlichter", *args])
