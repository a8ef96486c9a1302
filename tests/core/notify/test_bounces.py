"""Mails that come back: what a report says, whose mail it was, and what follows."""

import csv
import email
import re
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from community.newsletters import jobs as newsletters
from community.newsletters import ledger
from community.newsletters.models import Delivery, DeliveryState
from core.news.models import Notification
from core.notify import bounces, jobs
from core.notify.bounces import Kind, kind_of
from core.notify.models import Bouncing, MailState, OutgoingMail
from core.notify.services import queue_mail
from core.schedule import fence
from core.schedule.models import Fence
from programs.consents.models import Action, ConsentEvent, Purpose
from tests.community.events.imap import a_mailbox
from tests.core.kit.outside import certificate_for
from tests.factories.newsletters import make_readers, make_running
from tests.smtp_sink import SmtpSink
from tests.world import make_program

SAMPLES = Path(__file__).parents[2] / "samples/bounces"
REPORT = """\
From: Mail Delivery System <MAILER-DAEMON@mx.example.com>
To: {to}
Subject: Undelivered mail
Content-Type: multipart/report; report-type={kind}; boundary=B

--B
Content-Type: text/plain

It could not be delivered.
--B
Content-Type: message/{kind}

{told}
--B--
"""


@pytest.fixture
def box(settings: Any) -> None:
    settings.BOUNCES, settings.IMAP_HOST = True, "imap.example.com"
    settings.ANSWERS_ADDRESS = "answers@example.com"


def failed(code: str, action: str = "failed") -> str:
    recipient = f"Final-Recipient: rfc822; a@example.com\nAction: {action}\nStatus: {code}"
    return f"Reporting-MTA: dns; mx.example.com\n\n{recipient}"


def report(to: str, told: str, kind: str = "delivery-status") -> bytes:
    return REPORT.format(to=to, told=told, kind=kind).encode()


def test_sixty_reports_are_told_apart() -> None:
    rows = list(csv.DictReader((SAMPLES / "kinds.csv").open()))
    assert len(rows) == 60
    said = {row["file"]: kind_of(email.message_from_bytes((SAMPLES / row["file"]).read_bytes()))[0] for row in rows}
    assert {name: kind.value for name, kind in said.items()} == {row["file"]: row["kind"] for row in rows}
    assert min(Counter(said.values()).values()) >= 3, "each kind is there"


def test_a_complaint_is_one() -> None:
    told = "Feedback-Type: abuse\nUser-Agent: Example/1.0\nVersion: 1"
    assert kind_of(email.message_from_bytes(report("b@example.com", told, "feedback-report")))[0] == Kind.COMPLAINT


@pytest.mark.django_db
def test_without_a_mailbox_mails_go_out_as_ever(settings: Any) -> None:
    assert bounces.sender_of("<abc@example.com>") == ""
    assert bounces.read() == Counter()
    queue_mail("a@example.com", "Hello", "t", reason="events.reminder")
    jobs.sweep()
    assert mail.outbox[0].from_email == settings.DEFAULT_FROM_EMAIL


@pytest.mark.django_db
def test_each_mail_has_a_sender_that_names_it(box: None, settings: Any) -> None:
    row = queue_mail("a@example.com", "Hello", "t", reason="events.reminder")
    jobs.sweep()
    (sent,) = mail.outbox
    token = row.message_id[1:33]
    assert re.fullmatch(rf"answers\+b-{token}[0-9a-f]{{12}}@example\.com", sent.from_email)
    assert sent.message()["From"] == settings.DEFAULT_FROM_EMAIL, "the reader sees the site's own"


@pytest.mark.django_db
def test_what_comes_back_is_read_once_and_answers_are_left(
    box: None, settings: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    row = queue_mail("nobody@example.com", "Hello", "t", reason="events.reminder")
    OutgoingMail.objects.filter(pk=row.pk).update(state=MailState.SENT)
    certificate = certificate_for("localhost", tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    settings.IMAP_USER, settings.IMAP_PASSWORD = "answers@example.com", "a secret"
    other = queue_mail("other@example.com", "Hello", "t", reason="events.reminder")
    OutgoingMail.objects.filter(pk=other.pk).update(state=MailState.SENT)
    with a_mailbox(certificate) as post:
        settings.IMAP_PORT, settings.IMAP_HOST = post.port, "localhost"
        post.received = f"{timezone.now():%d-%b-%Y %H:%M:%S} +0000"
        post.put(report(bounces.sender_of(row.message_id), failed("5.1.1")))
        made_up = bounces.sender_of(other.message_id).replace("@", "0@").replace("+b-", "+b-0")
        post.put(report(made_up, failed("5.1.1")))
        post.put(report("answers+b-x@example.com\nTo: \xfc\xfc", failed("5.1.1")))
        answer = post.put(report("answers+abcdefgh@example.com", failed("5.1.1")))
        fence.is_up()
        Fence.objects.update(database="of another server")
        assert bounces.read() == Counter(), "a copy leaves the mailbox alone"
        fence.is_up()
        fence.release()
        counted = bounces.read()
        assert (counted["hard"], counted["unknown"] + counted["unreadable"]) == (1, 2)
        assert bounces.read() == Counter()
        assert answer not in post.seen
    row.refresh_from_db()
    other.refresh_from_db()
    assert (row.state, row.reply) == (MailState.FAILED, "550 5.1.1 came back")
    assert other.state == MailState.SENT, "its Message-ID alone makes nobody believe it"


@pytest.mark.django_db
def test_a_hard_one_stops_newsletters_and_the_person_is_told(box: None, settings: Any) -> None:
    program = make_program()
    gone, stays = make_readers(program, 2)
    issue = make_running(program)
    with SmtpSink() as sink:
        settings.EMAIL_HOST, settings.EMAIL_PORT = sink.address
        newsletters.send(issue.pk)
    row = Delivery.objects.get(issue=issue, user=gone)
    assert bounces.note(row.message_id, Kind.HARD, "5.1.1")
    row.refresh_from_db()
    assert (row.state, row.reply) == (DeliveryState.FAILED, "550 5.1.1 came back")
    assert len(ledger.audience(program.pk)) == 1
    told = Notification.objects.get(kind="news.address")
    assert (told.person, told.mail) == (gone, ""), "a mail would come back too"
    assert not Bouncing.objects.filter(person=stays).exists()
    assert not bounces.note("<made-up@example.com>", Kind.HARD)
    gone.email = "new@example.com"
    gone.save()
    assert len(ledger.audience(program.pk)) == 2, "another address is a new start"


@pytest.mark.django_db
def test_a_mail_in_hand_does_not_go_where_mails_come_back(box: None, settings: Any) -> None:
    program = make_program()
    gone, _stays = make_readers(program, 2)
    issue = make_running(program)
    Bouncing.objects.create(
        person=gone,
        address=gone.email.upper(),
        is_hard=True,
        last_at=timezone.now(),
        until=timezone.now() + timedelta(1),
    )
    with SmtpSink() as sink:
        settings.EMAIL_HOST, settings.EMAIL_PORT = sink.address
        newsletters.send(issue.pk)
    assert [each["To"] for each in sink.mails] == ["reader1@example.com"]
    assert Delivery.objects.get(issue=issue, user=gone).state == DeliveryState.SUPPRESSED


@pytest.mark.django_db
def test_three_soft_ones_pause_and_the_person_ends_the_pause(box: None, sign_in: Any) -> None:
    program = make_program()
    person, *_others = make_readers(program, 2)
    for number in range(3):
        assert len(ledger.audience(program.pk)) == 2, number
        row = queue_mail(person.email, "Hello", "t", reason="events.reminder", person=person)
        bounces.note(row.message_id, Kind.SOFT, "4.2.2")
    assert len(ledger.audience(program.pk)) == 1
    client = sign_in(person)
    page = client.get("/notifications/address/").content.decode()
    assert "often the mailbox is full" in page
    assert "(4.2.2)" in page
    assert "Emails to reader0@example.com come back" in client.get("/notifications/").content.decode()
    assert "Emails reach you" in client.post("/notifications/address/", follow=True).content.decode()
    assert len(ledger.audience(program.pk)) == 2


@pytest.mark.django_db
def test_soft_ones_of_another_month_do_not_add_up(box: None) -> None:
    program = make_program()
    person, *_others = make_readers(program, 2)
    row = queue_mail(person.email, "Hello", "t", reason="events.reminder", person=person)
    bounces.note(row.message_id, Kind.SOFT)
    bounces.note(row.message_id, Kind.SOFT)
    Bouncing.objects.update(last_at=timezone.now() - timedelta(days=31))
    bounces.note(row.message_id, Kind.SOFT)
    assert Bouncing.objects.get().until is None


@pytest.mark.django_db
def test_a_soft_one_frees_no_hard_one(box: None) -> None:
    program = make_program()
    person, *_others = make_readers(program, 2)
    row = queue_mail(person.email, "Hello", "t", reason="events.reminder", person=person)
    bounces.note(row.message_id, Kind.HARD, "5.1.1")
    Bouncing.objects.update(last_at=timezone.now() - timedelta(days=40))
    bounces.note(row.message_id, Kind.SOFT)
    assert Bouncing.objects.get().is_hard
    assert len(ledger.audience(program.pk)) == 1


@pytest.mark.django_db
def test_a_complaint_ends_the_newsletter(box: None, settings: Any) -> None:
    program = make_program()
    person, *_others = make_readers(program, 2)
    issue = make_running(program)
    row = Delivery.objects.get(issue=issue, user=person)
    bounces.note(row.message_id, Kind.COMPLAINT)
    last = ConsentEvent.objects.filter(user=person, purpose=Purpose.NEWSLETTER).order_by("number").last()
    assert (last.action, last.channel) == (Action.WITHDRAWN, "complaint")
    assert not Bouncing.objects.exists()
