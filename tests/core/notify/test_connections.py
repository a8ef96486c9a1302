"""The mail account takes so many connections and mails a minute: newsletters and single mails count together."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer
from typing import Any

import psycopg
import pytest
from django.core import mail
from django.db import connection

from community.newsletters import jobs as newsletters
from community.newsletters.models import Delivery
from core.notify import connections, jobs, pace
from core.notify.models import MailState, OutgoingMail
from core.notify.services import queue_mail
from tests.factories.newsletters import make_readers, make_running
from tests.smtp_sink import SmtpSink
from tests.world import make_program

pytestmark = pytest.mark.django_db


@contextmanager
def in_use(*numbers: int) -> Iterator[psycopg.Connection[Any]]:
    """By another process."""
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as other:
        for number in numbers:
            other.execute("SELECT pg_advisory_lock(%s, %s)", [connections.LOCK, number])
        yield other


def test_without_a_limit_nothing_is_asked(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0), connections.held() as has_one:
        assert has_one


def test_single_mails_wait_for_one_and_those_for_signing_in_do_not(settings: Any) -> None:
    settings.SMTP_CONNECTIONS = 2
    letter = queue_mail("a@example.com", "Welcome", "t", reason="journeys.test")
    needed = queue_mail("b@example.com", "Password", "t", reason="people.account")
    with in_use(1, 2):
        jobs.deliver(letter.pk)
        jobs.deliver(needed.pk)
        assert [each.subject for each in mail.outbox] == ["Password"]
        letter.refresh_from_db()
        assert (letter.state, letter.attempts) == (MailState.QUEUED, 0), "that was no try"
    OutgoingMail.objects.filter(pk=letter.pk).update(due_at=letter.created_at)
    with in_use(1):
        jobs.deliver(letter.pk)
    assert [each.subject for each in mail.outbox] == ["Password", "Welcome"]


def test_newsletters_leave_one_free(settings: Any) -> None:
    settings.SMTP_CONNECTIONS = 2
    program = make_program()
    make_readers(program, 3)
    issue = make_running(program)
    with SmtpSink() as sink:
        settings.EMAIL_HOST, settings.EMAIL_PORT = sink.address
        with in_use(1):
            assert not newsletters.send(issue.pk)
            with connections.held() as has_one:
                assert has_one, "the other one is there for single mails"
        assert sink.mails == []
        with in_use(2):
            assert newsletters.send(issue.pk)
        assert len(sink.mails) == 3


def test_newsletters_go_out_where_there_is_only_one(settings: Any) -> None:
    settings.SMTP_CONNECTIONS = 1
    program = make_program()
    make_readers(program, 1)
    issue = make_running(program)
    with SmtpSink() as sink:
        settings.EMAIL_HOST, settings.EMAIL_PORT = sink.address
        assert newsletters.send(issue.pk)
        assert len(sink.mails) == 1


def test_one_is_given_back_whatever_happened(settings: Any) -> None:
    settings.SMTP_CONNECTIONS = 1
    with pytest.raises(ZeroDivisionError), connections.held():
        raise ZeroDivisionError
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as other:
        (is_free,) = other.execute("SELECT pg_try_advisory_lock(%s, 1)", [connections.LOCK]).fetchone() or (False,)
    assert is_free


@pytest.mark.django_db(transaction=True)
def test_who_waited_waits_for_other_locks_as_before(settings: Any) -> None:
    settings.SMTP_CONNECTIONS = 1

    def patience() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SHOW lock_timeout")
            return str(cursor.fetchone()[0])

    before = patience()
    with in_use(1), connections.held(patience=0.05) as has_one:
        assert not has_one
    assert patience() == before


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_gone_meanwhile_is_no_fault_of_the_mail(settings: Any) -> None:
    """It was sent; the lock went with the connection."""
    settings.SMTP_CONNECTIONS = 1
    with connections.held() as has_one:
        assert has_one
        connection.connection.close()
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_the_sweep_queues_for_the_only_one(settings: Any) -> None:
    settings.SMTP_CONNECTIONS = 1
    queue_mail("a@example.com", "Reminder", "t", reason="events.reminder")
    with connections.held(patience=0.1) as has_one:
        assert has_one
    with in_use(1) as other:
        with connections.held(patience=0.1) as has_one:
            assert not has_one
        Timer(0.3, other.execute, ["SELECT pg_advisory_unlock_all()"]).start()
        jobs.sweep()
    assert [each.subject for each in mail.outbox] == ["Reminder"]


def test_test_mails_and_letters_take_from_the_minute_of_newsletters(settings: Any, monkeypatch: Any) -> None:
    settings.SMTP_MAILS_A_MINUTE = 60
    monkeypatch.setattr(newsletters, "LONGEST_RUN", 0.2)
    monkeypatch.setattr(pace, "BREATH", 0.02)
    program = make_program()
    make_readers(program, 20)
    issue = make_running(program)
    for number, reason in enumerate(["newsletters.test", "journeys.test", "journeys.test", "events.reminder"]):
        jobs.deliver(queue_mail(f"a{number}@example.com", reason, "t", reason=reason).pk)
    assert len(mail.outbox) == 4
    with SmtpSink() as sink:
        settings.EMAIL_HOST, settings.EMAIL_PORT = sink.address
        newsletters.send(issue.pk)
        assert len(sink.mails) <= 2, "six at once for all together"
    waits = queue_mail("b@example.com", "Late", "t", reason="newsletters.test")
    jobs.deliver(waits.pk)
    waits.refresh_from_db()
    assert waits.state == MailState.QUEUED
    assert Delivery.objects.filter(issue=issue, state="queued").count() >= 18
