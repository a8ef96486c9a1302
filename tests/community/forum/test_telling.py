"""Being told: in the way one chose, once, and never about what one has read, left or switched off."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.forum import jobs, keys, letters, posts, services
from community.forum.models import MailChoice, Notice, Post, Reading, Topic, Visitor
from core.notify import jobs as outbox
from core.notify.models import OutgoingMail
from programs.membership.models import Membership
from tests.factories.forum import make_post, make_topic

BERLIN = ZoneInfo("Europe/Berlin")
THURSDAY, SATURDAY = datetime(2026, 11, 26, 10, tzinfo=BERLIN), datetime(2026, 11, 28, 10, tzinfo=BERLIN)


def wish(world: Any, mail: str) -> None:
    services.change_settings(world.program, by=world.influencer, mail=mail)


def mails() -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(reason__startswith="forum.").order_by("pk"))


def tell() -> None:
    jobs.sweep()


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(THURSDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def calm(world: Any, clock: Any) -> Any:
    """A question of the influencer, of which everybody who wanted was told."""
    OutgoingMail.objects.all().delete()
    Topic.objects.filter(program=world.program).delete()
    world.topic = make_topic(world, world.influencer)
    tell()
    Notice.objects.all().delete()
    return world


def test_an_answer_is_told_at_once_to_who_wants_it_so(calm: Any) -> None:
    wish(calm, MailChoice.NOW)
    post = make_post(calm.topic, calm.coach, "Secret words.")
    for _ in range(2):
        jobs.tell(post.pk)
        services.read(calm.topic, to=2, by=calm.influencer)  # having looked does not bring a second mail
    (mail,) = mails()
    assert (mail.person, mail.subject) == (calm.influencer, f"Coach answered: {calm.topic.title}")
    assert "you follow the topic" in mail.text
    assert f"/forum/{calm.topic.pk}/?post=2#post-2" in mail.text
    assert "Secret words" not in mail.text + mail.html
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_next_mail_waits_until_one_has_looked(calm: Any) -> None:
    wish(calm, MailChoice.NOW)
    for _ in range(50):
        make_post(calm.topic, calm.coach)
    tell()
    assert len(mails()) == 1
    services.read(calm.topic, to=51, by=calm.influencer)
    make_post(calm.topic, calm.coach)
    tell()
    assert len(mails()) == 2


def test_a_burst_is_one_daily_mail(calm: Any, clock: Any) -> None:
    other = make_topic(calm, calm.influencer, title="Another question")
    for _ in range(20):
        make_post(calm.topic, calm.coach)
    make_post(other, calm.coach)
    for _ in range(3):
        tell()
    (mail,) = mails()
    assert mail.subject == "21 new posts in the forum of Nordlichter"
    for line in (f"{calm.topic.title} (20 new posts)", "Another question (1 new post)"):
        assert line in mail.text
    make_post(other, calm.coach)
    tell()
    assert len(mails()) == 1  # today's was sent
    clock.move_to(THURSDAY + timedelta(days=1))
    tell()
    assert [mail.subject[:10] for mail in mails()] == ["21 new pos", "1 new post"]
    assert not Notice.objects.exists()


def test_what_was_read_meanwhile_is_not_told(calm: Any, clock: Any) -> None:
    clock.move_to(THURSDAY.replace(hour=6))
    make_post(calm.topic, calm.coach)
    tell()
    assert Notice.objects.count() == 1
    services.read(calm.topic, to=2, by=calm.influencer)
    clock.move_to(THURSDAY.replace(hour=9))
    tell()
    assert (mails(), Notice.objects.count()) == ([], 0)


@pytest.mark.parametrize(
    ("now", "goes"),
    [
        (THURSDAY, THURSDAY),
        (THURSDAY.replace(hour=7), THURSDAY.replace(hour=8)),
        (THURSDAY.replace(hour=19), datetime(2026, 11, 27, 8, tzinfo=BERLIN)),
        (datetime(2026, 11, 27, 19, tzinfo=BERLIN), datetime(2026, 11, 30, 8, tzinfo=BERLIN)),
        (SATURDAY, datetime(2026, 11, 30, 8, tzinfo=BERLIN)),
    ],
)
def test_nothing_goes_in_the_evening_and_at_the_weekend(now: datetime, goes: datetime) -> None:
    assert letters.next_working_time(now, "Europe/Berlin") == goes


def test_a_daily_mail_waits_for_a_working_day(calm: Any, clock: Any) -> None:
    clock.move_to(SATURDAY)
    make_post(calm.topic, calm.coach)
    tell()
    assert mails() == []
    clock.move_to(SATURDAY + timedelta(days=2))
    tell()
    assert len(mails()) == 1


def test_never_is_never_and_a_topic_can_be_another_way(calm: Any) -> None:
    wish(calm, MailChoice.NEVER)
    make_post(calm.topic, calm.coach)
    tell()
    assert mails() == []
    services.set_mail(calm.topic, by=calm.influencer, mail=MailChoice.NOW)
    make_post(calm.topic, calm.coach)
    tell()
    assert len(mails()) == 1


def test_who_is_named_is_told_unless_the_topic_is_muted(calm: Any) -> None:
    for person in (calm.influencer2, calm.manager):
        services.change_settings(calm.program, by=person, mail=MailChoice.NOW)
    wish(calm, MailChoice.NEVER)
    services.follow(calm.topic, by=calm.manager, follows=False)
    make_post(calm.topic, calm.coach, "@Influencer2 and @Manager, and @Coach, what do you think?")
    tell()
    assert {mail.person: mail.subject for mail in mails()} == {calm.influencer2: f"Coach named you: {calm.topic.title}"}


def test_nobody_hears_of_what_is_for_hosts(calm: Any) -> None:
    topic = make_topic(calm, calm.manager, "hosts", title="Among us")
    Reading.objects.create(topic=topic, person=calm.influencer, follows=True)  # from before it moved there
    wish(calm, MailChoice.NOW)
    make_post(topic, calm.coach, "@Influencer2")
    tell()
    assert {mail.person for mail in mails()} <= {calm.manager}


def test_a_deleted_post_is_not_told(calm: Any) -> None:
    wish(calm, MailChoice.NOW)
    post = make_post(calm.topic, calm.coach)
    posts.delete_post(post, by=calm.coach)
    tell()
    assert (mails(), Post.objects.filter(told_at=None).exists()) == ([], False)


def test_who_has_left_gets_no_mail_that_already_waits(calm: Any, mailoutbox: Any) -> None:
    wish(calm, MailChoice.NOW)
    make_post(calm.topic, calm.coach)
    tell()
    Membership.objects.filter(user=calm.influencer).update(ended_at=timezone.now())
    outbox.sweep()
    assert mailoutbox == []


def test_mails_go_in_the_persons_language(calm: Any) -> None:
    calm.influencer.language = "de"
    calm.influencer.save()
    wish(calm, MailChoice.NOW)
    make_post(calm.topic, calm.coach)
    tell()
    assert mails()[0].subject.startswith("Coach hat geantwortet: ")
    assert "Keine Mails mehr zu diesem Thema" in mails()[0].text


def test_one_click_switches_off_without_a_sign_in(calm: Any) -> None:
    wish(calm, MailChoice.NOW)
    make_post(calm.topic, calm.coach)
    tell()
    address = mails()[0].headers["List-Unsubscribe"].strip("<>").partition("8000")[2] or (
        "/" + mails()[0].headers["List-Unsubscribe"].strip("<>").split("/", 3)[3]
    )
    client = Client(enforce_csrf_checks=True)
    assert "No more mails about this topic?" in client.get(address).content.decode()
    assert Reading.objects.get(topic=calm.topic, person=calm.influencer).mail == ""
    for _ in range(2):
        assert client.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Reading.objects.get(topic=calm.topic, person=calm.influencer).mail == MailChoice.NEVER
    everything = reverse("community:mails_off", args=[keys.token_of(calm.program.pk, calm.influencer.pk)])
    client.post(everything)
    assert Visitor.objects.get(person=calm.influencer).mail == MailChoice.NEVER
    assert client.get(everything.replace(".", ".x", 1)).status_code == 404


def test_the_wishes_are_changed_on_one_page(calm: Any, sign_in: Any) -> None:
    client, address = sign_in(calm.influencer), reverse("community:forum_settings", args=["nordlichter"])
    assert client.post(address, {"mail": "now", "words_go": "yes"}).status_code == 302
    visitor = Visitor.objects.get(person=calm.influencer)
    assert (visitor.mail, visitor.words_go) == ("now", True)
    assert client.post(address, {"mail": "always"}).status_code == 422
    client.post(reverse("community:topic_mail", args=["nordlichter", calm.topic.pk]), {"mail": "daily"})
    assert Reading.objects.get(topic=calm.topic, person=calm.influencer).mail == "daily"
