"""Mails that come back. Each goes out under a sender's address of its own in the site's mailbox, which holds the mail's
Message-ID and a mark of ours: so whatever comes back there names its mail. A reader sees the Message-ID, and so does
who gets an answer; the mark stands in the envelope only, so that nobody can make up that a mail came back.

What a report says is read with a library. A hard one stops newsletters to the address, three soft ones within a month
pause them, a complaint ends the newsletter. Single mails still go. The person is told on the page; a mail would come
back as well.
"""

import email
import logging
import re
from collections import Counter
from datetime import datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from core.kit import rooms
from core.notify import mailbox
from core.notify.domain import mail_domain
from core.notify.mailbox import Mailbox, UnreadMail
from core.notify.models import Bouncing, MailState, OutgoingMail
from core.people.models import User
from core.schedule import fence
from core.schedule.each import each, within

if TYPE_CHECKING:
    from email.message import Message

log = logging.getLogger(__name__)

TAG = "b-"
LONGEST_LOOK = 60  # seconds; the next one takes the others
SOFT_ONES = 3  # within WINDOW, then the address rests
WINDOW, REST = timedelta(days=30), timedelta(days=14)
STOPPED = timedelta(days=365)
SOFT_KEPT = timedelta(days=100)
FULL = ("5.2.2", "5.2.0")  # the mailbox is full: servers call it permanent, and people empty it
FULL_WORDS = re.compile(r"quota|full mailbox|mailbox (is |was )?full|postfach\b.{0,30}\bvoll", re.IGNORECASE)
REPORT = 4000  # characters that a report without codes has before it quotes the mail
MARK, LONGEST_LOCAL = 12, 64  # hex digits; of what stands before the @ (RFC 5321)
STATUS = re.compile(r"^Status:\s*([245]\.\d{1,3}\.\d{1,3})", re.IGNORECASE | re.MULTILINE)


class Kind(Enum):
    HARD = "hard"
    SOFT = "soft"
    COMPLAINT = "complaint"
    NONE = "none"  # an absence note, or nothing that says whether it arrived


def is_on() -> bool:
    """Where the operator has a mailbox and said that the mail account may send under its plus-addresses."""
    return bool(settings.BOUNCES and settings.IMAP_HOST and settings.ANSWERS_ADDRESS)


def sender_of(message_id: str) -> str:
    """The envelope's sender for this mail; "" where mails go out under the site's own."""
    if not is_on():
        return ""
    name, _at, host = settings.ANSWERS_ADDRESS.rpartition("@")
    token = message_id.strip("<>").partition("@")[0]
    local = f"{name}+{TAG}{token}{_mark_of(token)}"
    return f"{local}@{host}" if len(local) <= LONGEST_LOCAL else ""


def _mark_of(token: str, key: str | None = None) -> str:
    return salted_hmac("notify.bounces", token, secret=key, algorithm="sha256").hexdigest()[:MARK]


def read() -> Counter[str]:
    """Look through what came back since the last time. A mail that fails is tried again and keeps no other waiting."""
    counted: Counter[str] = Counter()
    if not is_on() or fence.is_up():  # a copy of the site would take reports away from the site itself
        return counted
    with mailbox.open_mailbox() as box:
        letters = within(LONGEST_LOOK, box.unread(TAG))
        each("notify.bounces", letters, lambda letter: counted.update([_look(box, letter)]), key=_key)
    if counted:
        log.info("mails that came back: %s", dict(counted))
    return counted


def _key(letter: UnreadMail) -> str:
    return letter.number


def _look(box: Mailbox, letter: UnreadMail) -> str:
    try:
        # what a server says stands before the mail that it sends back, however large that is
        message = email.message_from_bytes(box.beginning(letter))
        message_id, (kind, code) = _mail_of(message), kind_of(message)
    except Exception as error:  # noqa: BLE001  # anybody can write here; what cannot be read is put aside, not tried again
        log.warning("a mail that came back cannot be read: %s", type(error).__name__)
        box.mark_read(letter)
        return "unreadable"
    if kind != Kind.NONE and message_id:
        note(message_id, kind, code)
    box.mark_read(letter)
    return kind.value if message_id else "unknown"


def _mail_of(message: "Message") -> str:
    """The Message-ID behind the address that it came back to; servers write it in small letters."""
    name = re.escape(settings.ANSWERS_ADDRESS.rpartition("@")[0])
    told = " ".join(
        str(value) for field in ("Delivered-To", "X-Original-To", "To") for value in message.get_all(field, [])
    )
    found = re.search(rf"{name}\+{TAG}([0-9a-f]{{16,64}})([0-9a-f]{{{MARK}}})@", told, re.IGNORECASE)
    if not found:
        return ""
    token, mark = found[1].lower(), found[2].lower()
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    is_ours = any(constant_time_compare(mark, _mark_of(token, key)) for key in keys)
    return f"<{token}@{mail_domain()}>" if is_ours else ""


def kind_of(message: "Message") -> tuple[Kind, str]:
    """What a report says, and its code of RFC 3463 where it has one. A mail that waits, or a full mailbox, is soft."""
    from flufl.bounce import all_failures  # noqa: PLC0415  # only the worker reads reports

    if any(part.get_content_type() == "message/feedback-report" for part in message.walk()):
        return Kind.COMPLAINT, ""
    temporary, permanent = all_failures(message)
    code = _status_of(message)
    if permanent:
        is_soft = code.startswith("4") or code in FULL or FULL_WORDS.search(_words_of(message))
        return (Kind.SOFT if is_soft else Kind.HARD), code
    return (Kind.SOFT if temporary else Kind.NONE), code


def _words_of(message: "Message") -> str:
    """What the server says itself, before the mail that it quotes."""
    said = []
    for part in message.walk():
        if part.get_content_type() == "message/rfc822":
            break
        if part.get_content_type() == "message/delivery-status":
            said.append(part.as_string())
        elif part.get_content_type() == "text/plain":
            said.append(str(part.get_payload())[:REPORT])
    return "\n".join(said)


def _status_of(message: "Message") -> str:
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status" and (found := STATUS.search(part.as_string())):
            return found[1]
    return ""


@transaction.atomic
def note(message_id: str, kind: Kind, code: str = "") -> bool:
    """What a mail of ours came back with; False when it is none of ours (any more)."""
    address = _of_outbox(message_id, kind, code)
    for room in rooms.every():
        if room.on_bounce is not None:
            address = room.on_bounce(message_id, kind.value, code) or address
    return _of_address(address, kind, code)


@transaction.atomic
def note_address(address: str, kind: Kind, code: str = "") -> bool:
    """The same of a mail that can no longer be told, by a report that names whom it went to."""
    if kind == Kind.COMPLAINT:
        ended = [room.on_complaint(address) for room in rooms.every() if room.on_complaint is not None]
        return any(ended)
    return _person_at(address) is not None and _of_address(address, kind, code)


def _person_at(address: str) -> User | None:
    return User.objects.filter(email__iexact=address, is_active=True).first() if address else None


def _of_address(address: str, kind: Kind, code: str) -> bool:
    person = _person_at(address)
    if person is None:
        return bool(address)
    if kind != Kind.COMPLAINT:
        _count(person, kind, code)
    return True


def _of_outbox(message_id: str, kind: Kind, code: str) -> str:
    mail = OutgoingMail.objects.filter(message_id=message_id).first()
    if mail is None:
        return ""
    if kind == Kind.HARD and mail.state == MailState.SENT:
        OutgoingMail.objects.filter(pk=mail.pk).update(state=MailState.FAILED, reply=f"550 {code} came back".strip())
    return mail.address


def _count(person: User, kind: Kind, code: str) -> None:
    now = timezone.now()
    row, _is_new = Bouncing.objects.select_for_update().get_or_create(
        person=person, defaults={"address": person.email, "last_at": now}
    )
    if row.address.lower() != person.email.lower():
        row.soft, row.until, row.is_hard = 0, None, False
    elif row.last_at < now - WINDOW:
        row.soft = 0
    row.address, row.last_at, row.code = person.email, now, code[:12]
    was_resting = row.until is not None and row.until > now
    if kind == Kind.HARD:
        row.is_hard, row.until = True, now + STOPPED
    else:
        row.soft += 1
        if row.soft >= SOFT_ONES and not row.is_hard:
            row.until = now + REST
    row.save()
    if row.until and row.until > now and not was_resting:
        for room in rooms.every():
            if room.on_address_rests is not None:
                room.on_address_rests(person, row.pk)


def resting(person: User, now: datetime | None = None) -> Bouncing | None:
    """What is known of this person's address, while mails to it are stopped or pause."""
    row = Bouncing.objects.filter(person=person, until__gt=now or timezone.now()).first()
    return row if row and row.address.lower() == person.email.lower() else None


@transaction.atomic
def try_again(person: User) -> None:
    """The person says that the address works: mails go to it from the next one on. It is in no journal."""
    Bouncing.objects.filter(person=person).delete()


def retention() -> int:
    old = timezone.now() - SOFT_KEPT
    return (
        Bouncing.objects.filter(last_at__lt=old, is_hard=False).delete()[0]
        + (Bouncing.objects.filter(until__lt=timezone.now(), is_hard=True).delete()[0])
    )


def forget_person(user: User) -> int:
    return Bouncing.objects.filter(person=user).delete()[0]
