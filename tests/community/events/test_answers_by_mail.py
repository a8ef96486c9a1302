"""Answers from calendar programs: who may answer with what, once, and what is left as it lies."""

import imaplib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Q
from django.utils import timezone

from community.events import answers_by_mail, calendar, guest_letters, news
from community.events.models import Answer, Choice, Event
from community.events.models_mail import AnswerMail
from core.news import jobs
from core.news.models import Hours, Notification
from core.notify import mailbox
from core.notify.models import OutgoingMail
from core.schedule.models import Setback
from tests.community.events.imap import Post, a_mailbox
from tests.core.kit.outside import certificate_for
from tests.factories.events import make_answer, make_event, make_guest


@pytest.fixture
def post(tmp_path: Path, monkeypatch: Any, settings: Any) -> Iterator[Post]:
    certificate = certificate_for("localhost", tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    settings.ANSWERS_ADDRESS = "Answers@example.com"
    settings.IMAP_HOST, settings.IMAP_USER, settings.IMAP_PASSWORD = "localhost", "answers@example.com", "a secret"
    with a_mailbox(certificate) as found:
        settings.IMAP_PORT = found.port
        found.received = f"{timezone.now():%d-%b-%Y %H:%M:%S} +0000"
        yield found


@pytest.fixture
def event(world: Any) -> Event:
    return make_event(world.program, capacity=1)


def invitation(event: Event, person: Any) -> dict[str, str]:
    """UID, organizer and attendee as the person's calendar program got them."""
    one = calendar.appointment(event, person=person)
    return {"uid": one.uid, "organizer": one.organizer, "attendee": one.attendee}


def reply(says: str, *, uid: str, organizer: str, attendee: str, number: str = "1", to: str = "") -> bytes:
    return f"""From: {attendee}
To: {to or organizer}
Message-ID: <{number}@outlook.example>
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary=b

--b
Content-Type: text/plain

I would love to come!
--b
Content-Type: text/calendar; method=REPLY; charset=utf-8

BEGIN:VCALENDAR
VERSION:2.0
METHOD:REPLY
BEGIN:VEVENT
UID:{uid}
ORGANIZER:mailto:{organizer}
ATTENDEE;PARTSTAT={says}:MAILTO:{attendee.upper()}
DTSTAMP:20261128T100000Z
END:VEVENT
END:VCALENDAR
--b--
""".encode()


def said(event: Event, person: Any) -> str:
    return str(Answer.objects.filter(event=event, person=person).values_list("choice", flat=True).first() or "")


def test_yes_maybe_and_no_count_as_on_the_page_and_once(world: Any, event: Event, post: Post) -> None:
    asked = invitation(event, world.influencer)
    assert b"RSVP=TRUE" in calendar.file_for(event, world.influencer, "").replace("\r\n ", "").encode()
    post.put(reply("ACCEPTED", **asked))
    assert answers_by_mail.read() == {"taken": 1}
    assert any('NOT TO "Answers+b-"' in words for words in post.heard), "mails that came back are read by others"
    assert said(event, world.influencer) == Choice.YES
    assert post.seen == {1}
    assert not any("example.com" in mark for mark in AnswerMail.objects.values_list("mark", flat=True))
    post.put(reply("TENTATIVE", number="2", **asked))
    post.put(reply("DECLINED", number="3", **asked))
    assert answers_by_mail.read() == {"taken": 2}
    assert said(event, world.influencer) == Choice.NO
    post.seen.clear()  # as when the mailbox forgot it, or the same mails came again
    Answer.objects.filter(event=event).delete()
    assert answers_by_mail.read() == {}
    assert (said(event, world.influencer), post.seen) == ("", {1, 2, 3})


def test_who_finds_no_place_waits_and_is_told(world: Any, event: Event, post: Post) -> None:
    make_answer(event, world.influencer2)
    asked = invitation(event, world.influencer)
    post.put(reply("ACCEPTED", **asked))
    post.put(reply("ACCEPTED", number="2", **asked))
    answers_by_mail.read()
    assert said(event, world.influencer) == Choice.WAITING
    told = Notification.objects.filter(person=world.influencer, kind=news.NO_PLACE)
    assert told.count() == 1
    Event.objects.filter(pk=event.pk).update(has_waiting_list=False)
    Answer.objects.filter(person=world.influencer).delete()
    post.put(reply("ACCEPTED", number="3", **asked))
    answers_by_mail.read()
    assert (said(event, world.influencer), told.count()) == ("", 2)
    Answer.objects.filter(event=event).delete()


@pytest.mark.parametrize(
    "change",
    [
        lambda own, other: {"attendee": other["attendee"]},  # for somebody else, with one's own address
        lambda own, other: {"organizer": other["organizer"]},  # for oneself, with somebody else's
        lambda own, other: {"organizer": "answers+guessed@example.com"},
        lambda own, other: {"uid": "another@example.com"},
        lambda own, other: {"attendee": "stranger@elsewhere.example"},
    ],
)
def test_nobody_answers_for_another(change: Any, world: Any, event: Event, post: Post) -> None:
    own, other = invitation(event, world.influencer), invitation(event, world.influencer2)
    post.put(reply("ACCEPTED", **own | change(own, other)))
    assert answers_by_mail.read() == {"left": 1}
    assert not Answer.objects.filter(event=event).exists()
    assert post.seen == set()
    assert answers_by_mail.read() == {}, "it was looked at"


def test_what_is_no_answer_is_left_and_one_that_fails_stops_no_other(
    world: Any, event: Event, post: Post, monkeypatch: Any
) -> None:
    asked = invitation(event, world.influencer)
    good = reply("ACCEPTED", number="good", **asked)
    post.put(good.replace(b"METHOD:REPLY", b"METHOD:REQUEST").replace(b"<good", b"<0"))
    post.put(good.replace(b"BEGIN:VEVENT", b"BEGIN:").replace(b"<good", b"<1"))
    post.put(good.replace(b"I would love", b"x" * mailbox.LARGEST).replace(b"<good", b"<2"))
    post.put(good.replace(b"METHOD:REPLY", b"METHOD:REPLY\nX:" + b"x" * 70_000).replace(b"<good", b"<3"))
    post.put(reply("NEEDS-ACTION", number="4", **asked))
    post.put(reply("ACCEPTED", number="5", **asked, to="somebody@example.com"))  # not to one of ours: not even seen
    post.put(b"To: answers+x@example.com\nMessage-ID: <6@x>\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\xff")
    post.put(good)
    real = mailbox.Mailbox.body

    def breaks(box: mailbox.Mailbox, letter: mailbox.UnreadMail) -> bytes:
        if letter.number == "1":
            raise imaplib.IMAP4.error
        return real(box, letter)

    monkeypatch.setattr(mailbox.Mailbox, "body", breaks)
    assert answers_by_mail.read() == {"left": 5, "taken": 1}
    assert said(event, world.influencer) == Choice.YES
    assert post.seen == {8}
    assert Setback.objects.filter(job="events.answers_by_mail").count() == 1


def test_a_later_tap_on_the_page_counts_more(world: Any, event: Event, post: Post) -> None:
    asked = invitation(event, world.influencer)
    make_answer(event, world.influencer, "maybe", since=timezone.now() + timedelta(minutes=6))
    post.put(reply("ACCEPTED", **asked))
    assert answers_by_mail.read() == {"taken": 1}
    assert said(event, world.influencer) == Choice.MAYBE


def test_a_guest_answers_for_themselves(world: Any, event: Event, post: Post) -> None:
    guest, other = make_guest(event), make_guest(event, "other@elsewhere.example")
    post.put(reply("ACCEPTED", **invitation(event, guest) | {"organizer": invitation(event, other)["organizer"]}))
    post.put(reply("ACCEPTED", number="2", **invitation(event, guest)))
    post.put(reply("ACCEPTED", number="3", **invitation(event, other)))
    assert answers_by_mail.read() == {"left": 1, "taken": 2}
    guest.refresh_from_db()
    other.refresh_from_db()
    assert (guest.choice, other.choice) == (Choice.YES, Choice.WAITING)
    (mail,) = OutgoingMail.objects.filter(reason=guest_letters.NO_PLACE)
    assert mail.reference == other.pk


def test_the_mailbox_is_read_over_tls_with_a_server_that_is_the_right_one(
    world: Any, post: Post, settings: Any, monkeypatch: Any
) -> None:
    post.refuses = ("LOGIN",)
    with pytest.raises(imaplib.IMAP4.error):
        answers_by_mail.read()
    monkeypatch.delenv("SSL_CERT_FILE")
    post.heard.clear()
    with pytest.raises(OSError, match="CERTIFICATE_VERIFY_FAILED"):
        answers_by_mail.read()
    assert post.heard == []
    settings.IMAP_HOST = ""
    assert answers_by_mail.read() == {}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "An answer in your calendar program does not reach us"),
        ("de", "Eine Antwort aus Ihrem Kalenderprogramm kommt bei uns nicht an"),
    ],
)
def test_without_a_mailbox_the_mail_says_where_to_answer(language: str, words: str, world: Any, event: Event) -> None:
    world.influencer.language = language
    world.influencer.save()
    Notification.objects.all().delete()
    Hours.objects.create(person=world.influencer, days=list(range(7)), start=0, end=24)
    news.tell_invited([event], but=Q(pk=world.manager.pk))
    Notification.objects.update(due_at=timezone.now())
    jobs.mail_due()
    mail = OutgoingMail.objects.get(person=world.influencer, calendar__contains="VCALENDAR")
    assert words in " ".join(mail.text.split())
    page = f"/p/nordlichter/events/{event.pk}/"
    assert page in mail.text
    assert "RSVP=FALSE" in mail.calendar.replace("\r\n ", "")
    assert page in mail.calendar.replace("\r\n ", "").partition("DESCRIPTION")[2].partition("\r\n")[0]
