"""Whoever has a review in the calendar hears when it moves or is off, once."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from core.news import jobs as news_jobs
from core.news.models import Hours, Notification
from core.notify.models import OutgoingMail
from programs.phases import services as phases
from programs.phases.models import Milestone
from programs.reviews import jobs, services
from tests.factories.reviews import make_review


@pytest.fixture
def review(world: Any) -> Any:
    guest = world.program.memberships.get(user=world.executive)
    Hours.objects.create(person=world.executive, days=list(range(7)), start=0, end=24)
    made = make_review(world.program, world.manager, world.today + timedelta(days=9), invite=[guest])
    Notification.objects.all().delete()
    return made


def told(kind: str) -> int:
    return Notification.objects.filter(kind=kind).count()


def mailed() -> str:
    Notification.objects.update(due_at=timezone.now())
    news_jobs.mail_due()
    mails = OutgoingMail.objects.filter(calendar__contains="UID").order_by("-pk")
    return str(mails[0].calendar)


def later(minutes: int) -> Any:
    return timezone.now() + timedelta(minutes=minutes)


def test_a_moved_date_is_sent_anew_once_when_it_has_settled(world: Any, review: Any) -> None:
    day = world.today + timedelta(days=11)
    before = review.milestone.revision
    phases.edit_milestone(review.milestone, on=day, by=world.manager)
    jobs.tell_moved()
    assert told("reviews.moved") == 0, "it may move once more"
    phases.edit_milestone(review.milestone, place="Hall 3", by=world.manager)
    for minutes in (3, 4):
        jobs.tell_moved(later(minutes))
    assert told("reviews.moved") == 1
    sent = mailed()
    assert "METHOD:REQUEST" in sent
    assert day.strftime("%Y%m%d") in sent
    assert f"SEQUENCE:{review.milestone.revision}" in sent
    assert review.milestone.revision > before


def test_only_the_newest_change_is_told_in_the_morning(world: Any, review: Any) -> None:
    for days, minutes in ((11, 3), (12, 6)):
        phases.edit_milestone(review.milestone, on=world.today + timedelta(days=days), by=world.manager)
        jobs.tell_moved(later(minutes))
    assert told("reviews.moved") == 2
    mailed()
    assert "A review has changed" in OutgoingMail.objects.get(person=world.executive).subject


def test_a_deleted_date_is_called_off_and_comes_back(world: Any, review: Any) -> None:
    phases.delete_milestone(review.milestone, by=world.manager)
    jobs.tell_moved(later(5))
    assert told("reviews.cancelled") == 0, "it can still be undone"
    jobs.tell_moved(later(11))
    jobs.tell_moved(later(12))
    assert told("reviews.cancelled") == 1
    sent = mailed()
    assert "METHOD:CANCEL" in sent
    assert "STATUS:CANCELLED" in sent
    phases.restore_milestone(Milestone.objects.get(pk=review.milestone_id), by=world.manager)
    jobs.tell_moved(later(3))
    assert told("reviews.moved") == 1


def test_who_left_the_team_or_never_had_it_hears_nothing(world: Any, review: Any) -> None:
    world.program.memberships.filter(user=world.executive).update(ended_at=timezone.now())
    phases.edit_milestone(review.milestone, on=world.today + timedelta(days=11), by=world.manager)
    jobs.tell_moved(later(3))
    assert told("reviews.moved") == 0


def test_whom_the_minutes_give_the_next_date_hears_when_that_one_moves(world: Any) -> None:
    review = make_review(
        world.program, world.manager, world.today, rhythm="w2", series_until=world.today + timedelta(days=90)
    )
    services.note_end(review, present=[world.coach_membership], team="", next_on=None, next_at=None, by=world.manager)
    services.close_review(review, by=world.manager)
    assert review.next is not None
    phases.edit_milestone(review.next, on=review.next.on + timedelta(days=1), by=world.manager)
    jobs.tell_moved(later(3))
    assert list(Notification.objects.filter(kind="reviews.moved").values_list("person", flat=True)) == [world.coach.pk]

    Milestone.objects.filter(pk=review.next.pk).update(on=world.today - timedelta(days=31))
    assert jobs.retention() == 1
