"""Friday's ritual: prepared, read and approved by a host, opened by the clock, answered; and nobody's name is lent any
longer than they host."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from community.forum import services, tasks
from community.forum.models import Topic
from community.forum.models_rituals import Ritual, RitualDay
from community.forum.ritual_days import holiday_on
from core.people.models import User
from programs.membership.models import Membership, Program, Role
from tests.journeys.stage import make_erika
from tests.smtp_sink import SmtpSink
from tests.worker import wait_until
from tests.world import join, make_user


@pytest.fixture
def coach(here: Any) -> User:
    """A host, in a program where it is noon on a working day, whenever the test runs."""
    now = datetime.now(tz=UTC)
    country = next(code for code in ("DE", "IL", "JP") if not holiday_on(now.date(), code))
    Program.objects.update(time_zone=f"Etc/GMT{now.hour - 12:+d}", country=country)
    here.program.refresh_from_db()
    services.open_forum(here.program, by=here.manager)
    coach: User = make_user("coach")
    coach.name = "Carla Coach"
    coach.save()
    join(coach, here.program, Role.COACH)
    return coach


def test_a_success_every_friday(here: Any, coach: User, sink: SmtpSink, sign_in: Any) -> None:
    host = sign_in(coach)

    def url(name: str, *args: Any) -> str:
        return reverse(f"community:{name}", args=[here.program.slug, *args])

    page = host.post(url("ritual_begin", "friday-success"), follow=True).content.decode()
    ritual = Ritual.objects.get()
    assert page.count("Skip this one") == 4, "the next four are read before anything is agreed on"
    host.post(url("ritual_approve", ritual.pk), {"version": ritual.version, "weeks": 12})

    friday(ritual)
    for _ in range(20):
        tasks.sweep.delay()
    assert wait_until(lambda: RitualDay.objects.exclude(topic=None).exists())
    topic = Topic.objects.get(title="Friday success: what went well for you this week?")

    erika = make_erika(here.generation)
    answer = {"text": "I dared to write the first sentence.", "key": "8a4f2c1e-7f0e-4c5e-9f67-5a1d2b3c4d5e"}
    sign_in(erika).post(url("post_add", topic.pk), answer)
    assert "Carla Coach" in sign_in(erika).get(url("topic_detail", topic.pk)).content.decode()
    assert "1 answer" in host.get(url("ritual", ritual.pk)).content.decode()

    Membership.objects.filter(user=coach).update(ended_at=timezone.now())
    friday(ritual)
    assert wait_until(lambda: Ritual.objects.filter(approved_at=None).exists(), tick=tasks.sweep)
    inbox = sign_in(here.manager).get(reverse("news:inbox")).content.decode()
    assert "A series is waiting for a host: Friday success" in inbox
    assert Topic.objects.filter(title__startswith="Friday success").count() == 1


def friday(ritual: Ritual) -> None:
    """It is the day and the hour of the series."""
    local = timezone.localtime(timezone=ZoneInfo(Program.objects.get(pk=ritual.program_id).time_zone))
    time = local.time().replace(second=0, microsecond=0)
    begun = timezone.now() - timedelta(hours=1)
    Ritual.objects.filter(pk=ritual.pk).exclude(approved_at=None).update(
        weekday=local.weekday(), at=time, active_from=begun
    )
