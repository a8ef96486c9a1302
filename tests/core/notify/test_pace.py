"""What the mail account takes a minute is never exceeded, and what somebody needs to sign in waits for nothing."""

from typing import Any

import pytest
from django.core import mail
from django.db import connection

from community.newsletters import jobs as newsletters
from community.newsletters import ledger
from community.newsletters.models import Delivery
from community.newsletters.senders import Sender
from core.kit import queues
from core.notify import jobs, pace
from core.notify.models import MailPace, MailState
from core.notify.services import queue_mail
from tests.factories.newsletters import make_readers, make_running
from tests.smtp_sink import SmtpSink
from tests.world import make_program

pytestmark = pytest.mark.django_db


def a_second_later() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE core_mailpace SET at = at - interval '1 second'")


@pytest.mark.parametrize("limit", [1, 7, 60, 300])
def test_no_minute_holds_more_than_was_set(limit: int, settings: Any) -> None:
    settings.SMTP_MAILS_A_MINUTE = limit
    went = []
    for _second in range(150):
        went.append(pace.take(50) + pace.take(1000))
        a_second_later()
    fullest = max(sum(went[start : start + 60]) for start in range(90))
    assert fullest <= limit
    assert sum(went) > limit, "it flows on after the first minute"


def test_without_a_limit_nothing_waits(settings: Any) -> None:
    settings.SMTP_MAILS_A_MINUTE = 0
    assert pace.take(50) == 50
    assert not MailPace.objects.exists()


def test_a_newsletter_takes_what_is_there_and_goes_on_later(settings: Any, monkeypatch: Any) -> None:
    settings.SMTP_MAILS_A_MINUTE = 300
    monkeypatch.setattr(newsletters, "LONGEST_RUN", 0.3)
    monkeypatch.setattr(pace, "BREATH", 0.02)
    program = make_program()
    make_readers(program, 60)
    issue = make_running(program)
    with SmtpSink() as sink:
        settings.EMAIL_HOST, settings.EMAIL_PORT = sink.address
        newsletters.send(issue.pk)
        assert 30 <= len(sink.mails) < 40, "a tenth of the minute, and what flowed in meanwhile"
        assert not Delivery.objects.filter(issue=issue, state="claimed").exists()
        MailPace.objects.update(tokens=1000)
        newsletters.send(issue.pk)
    assert len(sink.mails) >= 60


def test_an_empty_budget_holds_no_process_that_somebody_waits_for(settings: Any, monkeypatch: Any) -> None:
    settings.SMTP_MAILS_A_MINUTE = 60
    monkeypatch.setattr(queues, "ASKED_EVERY", 0.0)
    monkeypatch.setattr(queues, "waits", lambda *_names: True)
    monkeypatch.setattr(pace, "BREATH", 60.0)  # who sleeps here is found by the time limit of the test
    program = make_program()
    make_readers(program, 60)
    assert pace.take(6) == 6
    assert newsletters.send(make_running(program).pk), "it is its turn again behind what waits"


def test_who_gives_the_turn_back_gives_back_its_budget(settings: Any, monkeypatch: Any) -> None:
    settings.SMTP_MAILS_A_MINUTE = 300
    program = make_program()
    make_readers(program, 30)
    issue = make_running(program)
    turn = queues.Turn(60)
    monkeypatch.setattr(turn, "is_over", lambda: True)
    with SmtpSink() as sink:
        settings.EMAIL_HOST, settings.EMAIL_PORT = sink.address
        sender = Sender(issue, turn=turn)
        sender.send(ledger.claim(issue.pk, pace.take(30)))
        sender.close()
    assert len(sink.mails) == 1
    assert pace.take(50) >= 29
    assert Delivery.objects.filter(issue=issue, state="queued").count() == 29


def test_mails_for_signing_in_go_first(settings: Any) -> None:
    settings.SMTP_MAILS_A_MINUTE = 10
    assert pace.take(1) == 1
    waits = queue_mail("a@example.com", "Reminder", "t", reason="events.reminder")
    queue_mail("b@example.com", "Password", "t", reason="people.account")
    jobs.sweep()
    assert [each.subject for each in mail.outbox] == ["Password"]
    waits.refresh_from_db()
    assert (waits.state, waits.attempts) == (MailState.QUEUED, 0)
