"""Reviews that come again, and the invitation to a planned one."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from core.news import jobs as news_jobs
from core.news.models import Hours, Notification
from core.notify.models import OutgoingMail
from programs.phases.models import Milestone
from programs.reviews import services
from programs.reviews.models import Review
from programs.reviews.series import next_day
from tests.factories.reviews import make_review


@pytest.mark.parametrize(
    ("on", "rhythm", "expected"),
    [
        (date(2026, 3, 23), "w2", date(2026, 4, 6)),
        (date(2028, 1, 31), "m1", date(2028, 2, 29)),  # a leap day
        (date(2026, 10, 31), "m1", date(2026, 11, 30)),
        (date(2026, 11, 15), "m1", date(2026, 12, 15)),
        (date(2026, 8, 31), "m6", date(2027, 3, 1)),  # 28 February is a Sunday
        (date(2026, 11, 30), "", None),
        (date(2029, 12, 31), "w1", None),  # the series is over
    ],
)
def test_the_next_day_of_a_series(on: date, rhythm: str, expected: date | None) -> None:
    assert next_day(on, rhythm, date(2029, 12, 31)) == expected


def test_a_series_of_months_keeps_its_day() -> None:
    """Not that of the shortest month or of a Monday; and one that was moved forward by hand is not held twice."""
    since, until = date(2025, 1, 31), date(2029, 12, 31)
    days = [since]
    while len(days) < 6:
        days.append(next_day(days[-1], "m1", until, since) or until)
    assert [(day.month, day.day) for day in days] == [(1, 31), (2, 28), (3, 31), (4, 30), (6, 2), (6, 30)]
    assert next_day(date(2025, 3, 25), "m1", until, since) == date(2025, 4, 30)


def test_closing_one_plans_the_next_until_the_series_is_over(world: Any) -> None:
    day = date(2026, 11, 30)
    review = make_review(world.program, world.manager, day, rhythm="w1", series_until=date(2026, 12, 8), place="Room 3")
    services.close_review(review, by=world.manager)
    following = Review.objects.get(milestone=Review.objects.get(pk=review.pk).next)
    assert (following.milestone.on, following.milestone.place, following.rhythm) == (date(2026, 12, 7), "Room 3", "w1")
    services.reopen_review(Review.objects.get(pk=review.pk), by=world.manager)
    services.close_review(Review.objects.get(pk=review.pk), by=world.manager)
    assert Milestone.objects.filter(program=world.program, on=date(2026, 12, 7)).count() == 1
    services.close_review(following, by=world.manager)
    assert Review.objects.get(pk=following.pk).next is None


def test_who_is_invited_gets_the_date_for_the_calendar(world: Any, sign_in: Any) -> None:
    Hours.objects.create(person=world.executive, days=list(range(7)), start=0, end=24)
    client, url = sign_in(world.manager), reverse("programs:review_new", args=[world.program.slug])
    day = world.today + timedelta(days=9)
    sent = {"kind": "weekly", "title_en": "Weekly", "on": str(day), "at": "10:00", "until_at": "10:30"}
    assert "last day of the series" in str(client.post(url, sent | {"rhythm": "w1"}).content.decode())
    guest = world.program.memberships.get(user=world.executive)
    page = client.post(url, sent | {"invite": [guest.pk]}, follow=True)
    assert "1 person is invited" in str(page.content.decode())
    Notification.objects.filter(person=world.executive).update(due_at=timezone.now())
    news_jobs.mail_due()
    mail = OutgoingMail.objects.get(person=world.executive, calendar__contains="METHOD:REQUEST")
    assert day.strftime("%Y%m%d") + "T100000" in mail.calendar.replace("T090000Z", "T100000")
    assert reverse("programs:timeline", args=[world.program.slug]) in mail.text, "its record is not for them yet"
