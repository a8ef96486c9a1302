"""The outbox in conversation with a real mail server."""

import smtplib
import socket
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from kombu import pools

from core.kit.calendars import CANCEL, Appointment, write
from core.kit.valkey import breaker
from core.notify import jobs
from core.notify.models import MailState, OutgoingMail
from core.notify.services import draft_mail, forget_mails, queue_mail, queue_mails
from influencer.celery import app
from tests.core.notify.smtp import Server, running
from tests.worker import wait_until

pytestmark = pytest.mark.django_db


def a_mail(address: str = "ines@example.com", **more: Any) -> OutgoingMail:
    return queue_mail(address, "Grüße", "Text für Sie", "<p>Text für <b>Sie</b></p>", reason="test", **more)


def make_due(mail: OutgoingMail) -> None:
    OutgoingMail.objects.filter(pk=mail.pk).update(due_at=timezone.now())


def test_a_mail_arrives_once_with_both_parts() -> None:
    mail = a_mail(headers={"X-Cause": "7"})
    with running(Server()) as server:
        jobs.deliver(mail.pk)
        jobs.deliver(mail.pk)
        jobs.sweep()
    mail.refresh_from_db()
    (got,) = server.mails
    assert got["To"] == "ines@example.com"
    assert got["Subject"] == "Grüße"
    assert got["Message-ID"] == mail.message_id
    assert got["X-Cause"] == "7"
    assert [part.get_content_type() for part in got.iter_parts()] == ["text/plain", "text/html"]
    assert (mail.state, mail.attempts, mail.reply) == (MailState.SENT, 1, "")


def test_a_calendar_part_stands_beside_the_texts_and_says_what_it_asks() -> None:
    """Mailboxes show a date with its buttons only when the part's own header names the method (RFC 6047)."""
    file = write([Appointment("a@b", "Auftakt", date(2026, 12, 1), timezone.now())], method=CANCEL).decode()
    mail = a_mail(calendar=file)
    with running(Server()) as server:
        jobs.deliver(mail.pk)
    (got,) = server.mails
    part = list(got.iter_parts())[-1]
    assert (got.get_content_type(), part.get_content_type()) == ("multipart/alternative", "text/calendar")
    assert (part.get_param("method"), part.get_content().replace("\r\n", "\n").strip()) == (
        "CANCEL",
        file.replace("\r\n", "\n").strip(),
    )


def test_what_was_sent_is_not_kept() -> None:
    mail = a_mail(calendar="BEGIN:VCALENDAR")
    with running(Server()):
        jobs.deliver(mail.pk)
    mail.refresh_from_db()
    assert (mail.text, mail.html, mail.headers, mail.calendar) == ("", "", {}, "")


def test_a_line_break_in_the_subject_adds_no_header() -> None:
    mail = queue_mail("ines@example.com", "Hi\r\nBcc: eve@example.com", "text", reason="test")
    with running(Server()) as server:
        jobs.deliver(mail.pk)
    assert server.mails[0]["Subject"] == "Hi Bcc: eve@example.com"
    assert server.mails[0]["Bcc"] is None


@pytest.mark.parametrize("answer", ["RCPT 451 try later", "DATA 452 mailbox full for now"])
def test_not_now_is_tried_again_later_with_the_same_id(answer: str) -> None:
    mail = a_mail()
    with running(Server(answer)) as server:
        jobs.deliver(mail.pk)
        mail.refresh_from_db()
        assert (mail.state, mail.attempts) == (MailState.RETRY, 1)
        assert mail.reply == answer[5:]
        assert timedelta(seconds=50) < mail.due_at - timezone.now() <= timedelta(minutes=1)
        jobs.sweep()
        assert server.mails == []  # not due yet
        make_due(mail)
        jobs.sweep()
    mail.refresh_from_db()
    assert [got["Message-ID"] for got in server.mails] == [mail.message_id]
    assert (mail.state, mail.attempts) == (MailState.SENT, 2)


def test_after_five_times_not_now_it_has_failed() -> None:
    mail = a_mail()
    pauses = []
    with running(Server(*["RCPT 450 busy"] * 9)) as server:
        for _ in range(7):
            make_due(mail)
            jobs.sweep()
            mail.refresh_from_db()
            if mail.state == MailState.RETRY:
                pauses.append(round((mail.due_at - timezone.now()).total_seconds() / 60))
    assert pauses == [1, 5, 30, 120]
    assert (mail.state, mail.attempts, mail.reply) == (MailState.FAILED, 5, "450 busy")
    assert len(server.answers) == 4


def test_no_is_no() -> None:
    mail = a_mail()
    with running(Server("RCPT 550 5.1.1 no such person")) as server:
        jobs.deliver(mail.pk)
        make_due(mail)
        jobs.sweep()
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.reply) == (MailState.FAILED, 1, "550 5.1.1 no such person")
    assert server.mails == []


def test_a_refused_sign_in_of_ours_is_not_the_mails_fault() -> None:
    mail = a_mail()
    jobs._after_answer(mail, *jobs._answer(smtplib.SMTPAuthenticationError(535, b"bad password")))
    mail.refresh_from_db()
    assert (mail.state, mail.reply) == (MailState.RETRY, "535 bad password")


def test_a_server_that_is_down_is_waited_for_two_days(settings: Any) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = free.getsockname()[1]
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    mail = a_mail()
    for _ in range(6):
        make_due(mail)
        jobs.sweep()
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (MailState.RETRY, 6)
    OutgoingMail.objects.update(created_at=timezone.now() - timedelta(days=3), due_at=timezone.now())
    jobs.sweep()
    mail.refresh_from_db()
    assert mail.state == MailState.FAILED


def test_one_mail_that_is_refused_does_not_hold_up_the_others() -> None:
    mails = [a_mail(f"p{number}@example.com") for number in range(3)]
    with running(Server("RCPT 550 no")) as server:
        jobs.sweep()
    assert [got["To"] for got in server.mails] == ["p1@example.com", "p2@example.com"]
    assert [OutgoingMail.objects.get(pk=mail.pk).state for mail in mails] == ["failed", "sent", "sent"]


def test_a_mail_in_mid_send_is_left_alone_until_its_lease_ends() -> None:
    mail = a_mail()
    assert jobs._claim(mail.pk)
    with running(Server()) as server:
        jobs.sweep()
        assert server.mails == []
        OutgoingMail.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
        jobs.sweep()
    assert [got["Message-ID"] for got in server.mails] == [mail.message_id]


def test_an_empty_outbox_costs_one_query() -> None:
    with CaptureQueriesContext(connection) as queries:
        jobs.sweep()
    assert len(queries) == 1


def test_many_mails_are_queued_in_one_go() -> None:
    drafts = [draft_mail(f"p{number}@example.com", "s", "t", reason="test", reference=number) for number in range(3)]
    assert queue_mails(drafts) == 3
    assert forget_mails("test", [0, 2]) == 2
    assert list(OutgoingMail.objects.values_list("address", flat=True)) == ["p1@example.com"]


def _forget_connections() -> None:
    """The next call opens a new connection, from a pool that nobody has closed."""
    pools.reset()
    app.amqp._producer_pool = None
    app._pool = None


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_down_does_not_fail_the_request(caplog: Any) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nowhere = f"redis://127.0.0.1:{free.getsockname()[1]}/0"
    before, app.conf.broker_url = app.conf.broker_url, nowhere
    _forget_connections()
    try:
        mail = a_mail()
    finally:
        app.conf.broker_url = before
        _forget_connections()
    assert OutgoingMail.objects.get(pk=mail.pk).state == MailState.QUEUED
    assert caplog.records[0].getMessage().startswith("notify.deliver was not called")
    assert wait_until(lambda: not breaker.is_open), "the next one is called again"


def test_after_thirty_days_nobody_knows_to_whom_a_mail_went() -> None:
    for state, days in (("sent", 31), ("failed", 31), ("sent", 29), ("queued", 31)):
        mail = a_mail(f"{state}{days}@example.com")
        OutgoingMail.objects.filter(pk=mail.pk).update(state=state, created_at=timezone.now() - timedelta(days=days))
    jobs.retention()
    left = OutgoingMail.objects.order_by("address").values_list("address", flat=True)
    assert list(left) == ["queued31@example.com", "sent29@example.com"]
