"""What begins soon is mailed although it is the weekend or early; what begins later waits for the reader's hours."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from community.events import answering, services
from community.events import jobs as event_jobs
from community.office_hours import services as hours
from core.news import jobs
from core.news.models import Notification
from core.notify.models import OutgoingMail
from tests.factories.events import make_answer, make_event
from tests.factories.office_hours import free, make_hours

BERLIN = ZoneInfo("Europe/Berlin")
SATURDAY = datetime(2027, 5, 29, 11, tzinfo=BERLIN)
NEXT_MONDAY = datetime(2027, 5, 31, tzinfo=BERLIN)


@pytest.fixture(autouse=True)
def nothing_waits(world: Any) -> None:
    Notification.objects.all().delete()
    OutgoingMail.objects.all().delete()


def mailed(person: Any) -> int:
    jobs.mail_due()
    return OutgoingMail.objects.filter(person=person).count()


def test_a_place_for_monday_morning_is_told_on_saturday_and_a_later_one_is_not(world: Any, time_machine: Any) -> None:
    time_machine.move_to(SATURDAY - timedelta(days=2), tick=False)
    for weeks, mails in ((1, 0), (0, 1)):
        day = NEXT_MONDAY.date() + timedelta(weeks=weeks)
        event = make_event(world.program, on=day, at=time(9), capacity=1)
        make_answer(event, world.coach)
        make_answer(event, world.influencer, "waiting")
        time_machine.move_to(SATURDAY, tick=False)
        answering.answer(event, choice="no", person=world.coach)
        assert mailed(world.influencer) == mails


def test_what_was_moved_away_from_monday_morning_is_told_on_saturday(world: Any, time_machine: Any) -> None:
    time_machine.move_to(SATURDAY, tick=False)
    event = make_event(world.program, on=NEXT_MONDAY.date(), at=time(9), reminded_on=NEXT_MONDAY.date())
    make_answer(event, world.influencer)
    services.cancel_event(event, by=world.manager)
    event_jobs.sweep(SATURDAY + timedelta(minutes=11))
    assert mailed(world.influencer) == 1


def test_who_comes_at_eight_hears_at_ten_past_seven_that_the_coach_is_ill(world: Any, time_machine: Any) -> None:
    time_machine.move_to(datetime(2027, 5, 31, 7, 10, tzinfo=BERLIN), tick=False)
    host = make_hours(world.program, world.manager)
    booking = hours.book(host, start=free(host)[0].start, by=world.influencer)
    jobs.mail_due()
    before = OutgoingMail.objects.filter(person=world.influencer).count()
    hours.cancel(booking, by=world.manager)
    assert mailed(world.influencer) == before + 1
