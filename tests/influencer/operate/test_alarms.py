"""Administrators are told what goes on, once, and that it is over."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from core.notify.models import OutgoingMail
from core.schedule.models import ScheduledJob
from influencer.health import probes
from influencer.operate import alarms
from influencer.operate.models import Alarm
from influencer.operate.tasks import sweep, watch

pytestmark = pytest.mark.usefixtures("fresh_cache")
START = timezone.now().replace(microsecond=0)


def look(minutes: float) -> list[str]:
    """What was mailed because of a look after so many minutes."""
    before = OutgoingMail.objects.filter(reason=alarms.ALARM).count()
    with time_machine.travel(START + timedelta(minutes=minutes)):
        probes.record_heartbeat()
        watch()
        OutgoingMail.objects.update(state="sent", sent_at=timezone.now())  # nothing is late
    return list(OutgoingMail.objects.filter(reason=alarms.ALARM).order_by("pk").values_list("subject", flat=True))[
        before:
    ]


def fail(failure: str) -> None:
    ScheduledJob.objects.update_or_create(
        name=sweep.name, defaults={"period": 1, "sent_at": START, "ended_at": START, "failure": failure}
    )


def test_what_goes_on_is_told_once_and_that_it_is_over(world: Any) -> None:
    world.admin.language = "de"
    world.admin.save()
    fail("ValueError")
    assert look(0) == [], "it may be over in a moment"
    assert look(9) == []
    (subject,) = look(11)
    assert subject.startswith("Bitte ansehen: ")
    letter = OutgoingMail.objects.get(reason=alarms.ALARM)
    assert letter.person == world.admin
    assert "/operate/" in letter.text
    assert look(12) == [], "once"
    fail("")
    assert look(30) == ["Alles läuft wieder"]
    assert look(31) == []


def test_what_is_over_by_itself_needs_nobody(world: Any) -> None:
    fail("ValueError")
    look(0)
    fail("")
    assert look(5) == []
    assert look(20) == []


def test_what_comes_and_goes_is_told_once(world: Any) -> None:
    for minute in range(0, 120, 20):
        fail("ValueError")
        told = look(minute)
        assert len(told) <= 1
        fail("")
        look(minute + 10)
    assert Alarm.objects.filter(key__startswith="job:").count() == 1


def test_what_an_administrator_switched_off_is_no_alarm(world: Any) -> None:
    ScheduledJob.objects.create(name="newsletters.sweep", period=1, sent_at=START, off_since=START)
    look(0)
    assert look(20) == []
