"""What the tests of news share: the clock on a Thursday morning, and a question of which everybody was told."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine

from community.forum import jobs as forum_jobs
from community.forum.models import Topic
from core.news import jobs, wishes
from core.news.models import Notification
from core.news.wishes import Ways
from core.notify.models import OutgoingMail
from programs.generations.models import Participant, Span
from tests.factories.forum import make_topic

BERLIN = ZoneInfo("Europe/Berlin")
THURSDAY, SATURDAY = datetime(2026, 11, 26, 10, tzinfo=BERLIN), datetime(2026, 11, 28, 10, tzinfo=BERLIN)
ANSWER, FOLLOWED = "forum.answer", "forum.followed"


def mails() -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(reason__startswith="news.").order_by("pk"))


def wish(person: Any, mail: str, kind: str = ANSWER) -> None:
    wishes.choose(person, {kind: Ways(is_shown=True, mail=mail)})


def work() -> None:
    """What the worker does when it looks."""
    forum_jobs.sweep()
    jobs.mail_due()


@pytest.fixture
def now() -> Iterator[Any]:
    with time_machine.travel(THURSDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def calm(world: Any, now: Any) -> Any:
    """A question of the influencer, of which everybody who wanted was told."""
    Topic.objects.filter(program=world.program).delete()
    before = THURSDAY.date() - timedelta(days=60)  # on whatever day this runs
    Participant.objects.update(joined_on=before)
    Span.objects.filter(end_on=None).update(start_on=before)
    world.topic = make_topic(world, world.influencer)
    work()
    Notification.objects.all().delete()
    OutgoingMail.objects.all().delete()
    return world
