"""Being told in the way one chose, once, in one's hours, and never about what one has read, left or switched off."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from community.forum import jobs as forum_jobs
from community.forum import services as forum
from community.forum.models import Post
from core.news import hours as clock
from core.news import jobs, services, wishes
from core.news.models import Hours, Notification, Way, Wish
from core.news.wishes import Ways
from core.notify import jobs as outbox
from core.people import services as people
from programs.generations import services as generations
from programs.membership.models import Membership, Role
from tests.core.news.conftest import ANSWER, BERLIN, FOLLOWED, SATURDAY, THURSDAY, mails, wish, work
from tests.factories.forum import make_post, make_topic

# --- at once --------------------------------------------------------------------------------------------------------


def test_an_answer_is_mailed_at_once_and_once(calm: Any) -> None:
    make_post(calm.topic, calm.coach, "Secret words.")
    for _ in range(3):
        work()
    (mail,) = mails()
    assert (mail.person, mail.subject) == (calm.influencer, f"Coach answered: {calm.topic.title}")
    assert "because it is your topic" in mail.text
    assert f"/forum/{calm.topic.pk}/?post=2#post-2" in mail.text
    assert "Secret words" not in mail.text + mail.html
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_next_mail_waits_until_one_has_looked(calm: Any) -> None:
    for _ in range(20):
        make_post(calm.topic, calm.coach)
        work()
    assert len(mails()) == 1
    forum.read(calm.topic, to=21, by=calm.influencer)
    make_post(calm.topic, calm.coach)
    work()
    assert len(mails()) == 2


def test_each_mention_has_its_mail(calm: Any) -> None:
    for _ in range(2):
        make_post(calm.topic, calm.coach, "@Influencer2, what do you think?")
        work()
    assert [mail.subject for mail in mails() if mail.person == calm.influencer2] == [
        f"Coach mentioned you: {calm.topic.title}"
    ] * 2


def test_what_waits_together_is_one_mail(calm: Any, now: Any) -> None:
    now.move_to(SATURDAY)
    other = make_topic(calm, calm.influencer, title="Another question")
    make_post(calm.topic, calm.coach)
    make_post(other, calm.coach)
    work()
    assert mails() == []
    now.move_to(SATURDAY + timedelta(days=2))
    for _ in range(3):
        work()
    (mail,) = mails()
    assert mail.subject == "Nordlichter: 2 updates"
    assert "Coach answered: Another question" in mail.text


def test_mails_go_in_the_persons_language(calm: Any) -> None:
    calm.influencer.language = "de"
    calm.influencer.save()
    make_post(calm.topic, calm.coach)
    work()
    assert mails()[0].subject.startswith("Coach hat geantwortet: ")
    assert "Keine E-Mails dieser Art mehr" in mails()[0].text


# --- hours ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "goes"),
    [
        (THURSDAY, THURSDAY),
        (THURSDAY.replace(hour=7), THURSDAY.replace(hour=8)),
        (THURSDAY.replace(hour=18, minute=59), THURSDAY.replace(hour=18, minute=59)),
        (THURSDAY.replace(hour=19), datetime(2026, 11, 27, 8, tzinfo=BERLIN)),
        (datetime(2026, 11, 27, 19, tzinfo=BERLIN), datetime(2026, 11, 30, 8, tzinfo=BERLIN)),
        (SATURDAY, datetime(2026, 11, 30, 8, tzinfo=BERLIN)),
    ],
)
def test_nothing_goes_in_the_evening_and_at_the_weekend(moment: datetime, goes: datetime) -> None:
    assert clock.next_audible(moment, Hours(), "Europe/Berlin") == goes


def test_the_hours_are_those_of_the_persons_zone(calm: Any) -> None:
    calm.influencer.time_zone = "America/New_York"  # where it is four in the morning
    calm.influencer.save()
    make_post(calm.topic, calm.coach)
    work()
    assert mails() == []
    assert Notification.objects.get().due_at == datetime(2026, 11, 26, 8, tzinfo=ZoneInfo("America/New_York"))


@pytest.mark.parametrize(
    ("way", "moment", "goes"),
    [
        (Way.DAILY, THURSDAY, datetime(2026, 11, 27, 8, tzinfo=BERLIN)),
        (Way.DAILY, THURSDAY.replace(hour=6), THURSDAY.replace(hour=8)),
        (Way.DAILY, SATURDAY, datetime(2026, 11, 30, 8, tzinfo=BERLIN)),
        (Way.WEEKLY, THURSDAY, datetime(2026, 11, 30, 8, tzinfo=BERLIN)),
        (Way.WEEKLY, datetime(2026, 11, 30, 9, tzinfo=BERLIN), datetime(2026, 12, 7, 8, tzinfo=BERLIN)),
    ],
)
def test_a_digest_goes_in_the_morning(way: str, moment: datetime, goes: datetime) -> None:
    assert clock.next_digest(moment, Hours(), "Europe/Berlin", way) == goes


def test_a_morning_stays_the_morning_when_the_clocks_change() -> None:
    friday = datetime(2026, 10, 23, 20, tzinfo=BERLIN)
    assert clock.next_audible(friday, Hours(), "Europe/Berlin").isoformat() == "2026-10-26T08:00:00+01:00"


def test_hours_that_change_move_what_waits(calm: Any, now: Any) -> None:
    now.move_to(THURSDAY.replace(hour=20))
    make_post(calm.topic, calm.coach)
    work()
    wishes.choose_hours(calm.influencer, days=range(7), start=6, end=22)
    work()
    assert len(mails()) == 1


def test_a_break_for_today_holds_everything_until_the_next_morning(calm: Any, now: Any, sign_in: Any) -> None:
    client = sign_in(calm.influencer)
    client.post(reverse("news:pause"))
    make_post(calm.topic, calm.coach)
    work()
    assert mails() == []
    now.move_to(THURSDAY.replace(day=27, hour=8))
    work()
    assert len(mails()) == 1
    client.post(reverse("news:pause"))
    client.post(f"{reverse('news:pause')}?off=1")
    assert Hours.objects.get(person=calm.influencer).paused_on is None


# --- digests --------------------------------------------------------------------------------------------------------


def test_a_thousand_posts_are_one_daily_mail(calm: Any, now: Any) -> None:
    wish(calm.influencer, Way.DAILY)
    other = make_topic(calm, calm.influencer, title="Another question")
    first = make_post(calm.topic, calm.coach)
    copies = [
        Post(topic=calm.topic, program=calm.program, number=number, by=calm.coach, text="So did we.")
        for number in range(3, 1002)
    ]
    Post.objects.bulk_create(copies)
    make_post(other, calm.coach)
    forum_jobs.BATCH, before = 2000, forum_jobs.BATCH
    work()
    forum_jobs.BATCH = before
    assert Notification.objects.filter(person=calm.influencer).count() == 1001
    assert mails() == []
    now.move_to(THURSDAY.replace(day=27, hour=8))
    for _ in range(3):
        work()
    (mail,) = mails()
    assert mail.subject == "Nordlichter: 1001 updates"
    assert f"1000 answers: {calm.topic.title}" in mail.text
    assert "Coach answered: Another question" in mail.text
    assert f"#post-{first.number}" in mail.text
    assert len(mail.text) < 1500


def test_a_digest_goes_once_a_day(calm: Any, now: Any) -> None:
    wish(calm.influencer, Way.DAILY)
    make_post(calm.topic, calm.coach)
    work()
    now.move_to(THURSDAY.replace(day=27, hour=8))
    work()
    make_post(calm.topic, calm.coach)
    work()
    Notification.objects.exclude(mail="").update(due_at=timezone.now())  # planned before today's went
    work()
    assert len(mails()) == 1
    now.move_to(THURSDAY + timedelta(days=4))
    work()
    assert len(mails()) == 2


def test_what_was_read_meanwhile_is_not_mailed(calm: Any, now: Any) -> None:
    wish(calm.influencer, Way.DAILY)
    make_post(calm.topic, calm.coach)
    work()
    forum.read(calm.topic, to=2, by=calm.influencer)
    now.move_to(THURSDAY + timedelta(days=1))
    work()
    assert (mails(), Notification.objects.exclude(mail="").count()) == ([], 0)


def test_never_is_never_and_the_product_still_shows_it(calm: Any) -> None:
    wish(calm.influencer, Way.NEVER)
    make_post(calm.topic, calm.coach)
    work()
    assert mails() == []
    assert services.count(calm.influencer, [calm.program.pk]) == 1


def test_a_kind_that_is_switched_off_leaves_no_row(calm: Any) -> None:
    wishes.choose(calm.influencer, {ANSWER: Ways(is_shown=False, mail=Way.NEVER)})
    make_post(calm.topic, calm.coach)
    work()
    assert not Notification.objects.filter(person=calm.influencer).exists()


# --- leaving --------------------------------------------------------------------------------------------------------


def leave(world: Any) -> None:
    Membership.objects.filter(user=world.influencer).update(ended_at=timezone.now())


def pause(world: Any) -> None:
    generations.pause(world.participant, by=world.influencer)


def close(world: Any) -> None:
    people.close_account(world.influencer, by=world.admin)


@pytest.mark.parametrize("end", [leave, pause, close])
def test_who_left_or_pauses_is_told_nothing_any_more(calm: Any, now: Any, mailoutbox: Any, end: Any) -> None:
    """Nothing new, nothing of what waits, nothing of what lies in the outbox."""
    make_post(calm.topic, calm.coach)
    work()
    assert len(mails()) == 1  # in the outbox
    wish(calm.influencer, Way.DAILY)
    forum.read(calm.topic, to=2, by=calm.influencer)
    make_post(calm.topic, calm.coach)
    work()  # waits for tomorrow
    end(calm)
    make_post(calm.topic, calm.coach)
    now.move_to(THURSDAY + timedelta(days=1))
    work()
    outbox.sweep()
    news = [mail for mail in mailoutbox if "answer" in mail.subject or "news" in mail.subject]
    assert news == []
    assert len(mails()) == 1
    assert Notification.objects.filter(person=calm.influencer).count() == 2


def test_who_pauses_and_has_another_role_is_told(calm: Any) -> None:
    Membership.objects.create(program=calm.program, user=calm.influencer, role=Role.COACH)
    pause(calm)
    make_post(calm.topic, calm.coach)
    work()
    assert len(mails()) == 1


def test_news_go_after_a_month_and_with_their_person(calm: Any, now: Any) -> None:
    make_post(calm.topic, calm.coach)
    work()
    assert jobs.retention() == 0
    leave(calm)
    assert jobs.retention() == 1
    services.tell(FOLLOWED, [calm.influencer2], about=1, item=1, program_id=calm.program.pk)
    now.move_to(THURSDAY + timedelta(days=31))
    assert jobs.retention() == 1
    wish(calm.influencer2, Way.NEVER)
    people.erase_account(calm.influencer2)
    assert jobs.retention() == 0  # with the account, at once
    assert not Wish.objects.filter(person=calm.influencer2).exists()
