"""Who reads what somebody answers to a mail: a contact person of the program, of the site whom the operator named."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from community.forum import services as forum
from core.news import jobs as news
from core.news import services
from core.news.models import Notification, Way
from core.news.wishes import choose_hours
from core.notify import jobs
from core.notify.models import OutgoingMail
from core.notify.services import queue_mail
from influencer import env
from programs.membership.models import Membership, Role
from tests.core.notify.smtp import Server, running
from tests.factories.forum import make_post, make_topic
from tests.world import join


def sent() -> list[Any]:
    OutgoingMail.objects.update(due_at=timezone.now())
    with running(Server()) as server:
        jobs.sweep()
    return server.mails


def told_of_an_answer(world: Any, way: str = Way.NOW) -> Any:
    """The mail about an answer, as a mailbox gets it."""
    topic = make_topic(world, world.influencer)
    post = make_post(topic, world.coach)
    Notification.objects.all().delete()
    OutgoingMail.objects.all().delete()
    services.tell("forum.answer", [world.influencer], about=topic.pk, item=post.pk, program_id=world.program.pk)
    Notification.objects.update(mail=way, due_at=timezone.now() - timedelta(minutes=1))
    news.write(world.influencer.pk, world.program.pk, way)
    (mail,) = sent()
    return mail


@pytest.fixture
def any_hour(world: Any) -> Any:
    choose_hours(world.influencer, days=range(7), start=0, end=24)
    return world


@pytest.mark.parametrize("way", [Way.NOW, Way.DAILY, Way.WEEKLY])
def test_an_answer_goes_to_the_programs_contact_not_to_who_wrote(any_hour: Any, way: str) -> None:
    mail = told_of_an_answer(any_hour, way)
    assert mail["Reply-To"] == any_hour.manager.email
    for part in mail.iter_parts():
        assert "your answer goes to a contact person of Nordlichter, not to the page" in part.get_content()
        assert any_hour.coach.email not in part.get_content()


def test_without_a_contact_nothing_is_promised(any_hour: Any) -> None:
    Membership.objects.filter(program=any_hour.program).update(is_contact=False)
    mail = told_of_an_answer(any_hour)
    assert mail["Reply-To"] is None
    assert "your answer goes to" not in mail.as_string()


def test_who_is_the_contact_writes_to_the_next_one(any_hour: Any) -> None:
    queue_mail("m@example.com", "Hello", "Text", reason="test", person=any_hour.manager, program_id=any_hour.program.pk)
    assert [mail["Reply-To"] for mail in sent()] == [None]
    Membership.objects.filter(user=any_hour.coach, program=any_hour.program).update(is_contact=True)
    queue_mail("m@example.com", "Hello", "Text", reason="test", person=any_hour.manager, program_id=any_hour.program.pk)
    assert [mail["Reply-To"] for mail in sent()] == [any_hour.coach.email]


def test_who_left_or_lost_the_account_reads_no_answers(any_hour: Any) -> None:
    """Looked up when the mail goes, not when it was written."""
    queue_mail(
        "i@example.com", "Hello", "Text", reason="test", person=any_hour.influencer, program_id=any_hour.program.pk
    )
    Membership.objects.filter(user=any_hour.manager, program=any_hour.program).update(ended_at=timezone.now())
    assert [mail["Reply-To"] for mail in sent()] == [None]


def test_two_programs_are_two_digests_with_an_address_each(any_hour: Any) -> None:
    """So an answer never reaches the other company's people."""
    join(any_hour.influencer, any_hour.other_program, Role.COACH)
    Membership.objects.filter(user=any_hour.stranger).update(is_contact=True)
    forum.open_forum(any_hour.other_program, by=any_hour.stranger)
    topics = [
        make_topic(any_hour, any_hour.influencer, program=each) for each in (any_hour.program, any_hour.other_program)
    ]
    Notification.objects.all().delete()
    OutgoingMail.objects.all().delete()
    for topic, by in zip(topics, (any_hour.coach, any_hour.stranger), strict=True):
        post = make_post(topic, by).pk
        services.tell("forum.answer", [any_hour.influencer], about=topic.pk, item=post, program_id=topic.program_id)
    Notification.objects.update(mail=Way.DAILY, due_at=timezone.now() - timedelta(minutes=1))
    news.mail_due()
    found = {mail["Reply-To"]: mail["Subject"] for mail in sent()}
    assert found == {any_hour.manager.email: "Nordlichter: 1 update", any_hour.stranger.email: "Stimmen: 1 update"}


def test_the_sites_own_mails_go_where_the_operator_said(world: Any, settings: Any) -> None:
    OutgoingMail.objects.all().delete()
    queue_mail("i@example.com", "Your password", "Text", reason="people.account", person=world.influencer)
    assert [mail["Reply-To"] for mail in sent()] == [None]
    settings.MAIL_REPLY_TO = "Help <help@example.com>"
    queue_mail("i@example.com", "Your password", "Text", reason="people.account", person=world.influencer)
    assert [mail["Reply-To"] for mail in sent()] == ["Help <help@example.com>"]


def test_nonsense_stops_the_start(monkeypatch: Any) -> None:
    monkeypatch.setenv("MAIL_REPLY_TO", "help at example")
    with pytest.raises(ImproperlyConfigured, match="must be an email address"):
        env.address("MAIL_REPLY_TO")
