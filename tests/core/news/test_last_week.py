"""What a choice would have meant last week, counted from one's own news."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from core.news import kinds, last_week, wishes
from core.news.models import Notification, Way
from tests.core.news.conftest import ANSWER, FOLLOWED, mails, wish, work
from tests.factories.forum import make_post, make_topic


def sentences(person: Any) -> dict[str, str]:
    return last_week.sentences(person, wishes.of(person), kinds.for_person(person))


def test_without_news_nothing_is_said(calm: Any) -> None:
    assert sentences(calm.influencer) == {}


def test_what_would_have_come_is_counted(calm: Any, now: Any) -> None:
    other = make_topic(calm, calm.influencer, title="Another question")
    for topic in (calm.topic, calm.topic, other):
        make_post(topic, calm.coach)
        work()
        now.shift(60)
    assert len(mails()) == 2, "the second one about the same waits until somebody has looked"
    assert sentences(calm.influencer) == {
        "calm": "Last week this would have been 1 email instead of 2.",
        "everything": "Last week this would have been as many emails as now: 2.",
    }
    wish(calm.influencer, Way.NEVER)
    assert sentences(calm.influencer)["normal"] == "Last week this would have been 2 emails instead of 0."
    Notification.objects.update(read_at=timezone.now())
    wish(calm.influencer, Way.NOW)
    assert sentences(calm.influencer)["calm"] == "Last week this would have been 0 emails instead of 2.", (
        "read meanwhile"
    )
    Notification.objects.update(at=timezone.now() - timedelta(days=8))
    assert sentences(calm.influencer) == {}


def test_digests_count_by_the_day_and_others_news_not_at_all(calm: Any, now: Any) -> None:
    mine = calm.influencer2
    Notification.objects.bulk_create(
        Notification(person=mine, program_id=calm.program.pk, kind=FOLLOWED, about=f"{number}", item=f"{number}",
                     at=timezone.now() - timedelta(days=number % 3, minutes=number))
        for number in range(6)
    )  # fmt: skip
    Notification.objects.create(
        person=calm.coach, program_id=calm.program.pk, kind=ANSWER, about="1", item="1", at=timezone.now()
    )
    assert sentences(mine) == {
        "calm": "Last week this would have been 0 emails instead of 3.",
        "everything": "Last week this would have been 6 emails instead of 3.",
    }


def test_it_stands_on_the_page_before_one_chooses(calm: Any, sign_in: Any) -> None:
    make_post(calm.topic, calm.coach)
    work()
    text = sign_in(calm.influencer).get(reverse("news:settings")).content.decode()
    assert text.count("<small>Last week this would have been as many emails as now: 1.</small>") == 2
    assert "Last week" not in sign_in(calm.executive).get(reverse("news:settings")).content.decode()
