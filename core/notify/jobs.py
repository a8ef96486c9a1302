"""Sending what lies in the outbox: one worker per mail at a time, and a second try where that can help."""

import logging
import smtplib
from datetime import datetime, timedelta
from functools import reduce
from itertools import takewhile
from operator import or_
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from core.kit import dkim_signing, rooms
from core.kit.calendars import content_type
from core.kit.queues import Turn
from core.notify import answers, bounces, connections, pace
from core.notify.domain import mail_domain
from core.notify.models import MailState, OutgoingMail
from core.notify.rehearsal import rehearse
from core.schedule import fence
from core.schedule.each import each

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=3)  # longer than any conversation with a mail server (EMAIL_TIMEOUT per answer)
BACK_OFF = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
SOON = timedelta(minutes=5)  # the longest pause of a mail that somebody needs to sign in, while no server answers
TRIES = 5  # times that a server may say "not now"
PATIENCE = timedelta(days=2)  # with a server that cannot be reached at all
ADDRESSES_KEPT = timedelta(days=30)
BATCH = 200
SWEEP_SECONDS = 120
QUEUED_FOR = 35  # seconds to wait for the connection of a newsletter, longer than its turn
NEEDED = ("people.", "operate.")  # mails somebody needs to sign in, by their reason: they wait for nothing
A_MOMENT = timedelta(seconds=5)
DISCARDED = "discarded: the database was restored"
TEMPORARY_CODES = (535, 530, 538)  # our own sign-in was refused: not the mail's fault


def deliver(mail_id: int) -> None:
    """Send one mail if it is due and nobody else is at it. Running this again does no harm."""
    with connections.held() as has_one:
        _deliver(mail_id, has_one=has_one)


def _deliver(mail_id: int, connection: BaseEmailBackend | None = None, *, has_one: bool = True) -> None:
    if not _claim(mail_id):
        return
    mail = OutgoingMail.objects.get(pk=mail_id)
    is_needed = mail.reason.startswith(NEEDED)
    if not (has_one or is_needed) or not pace.take(1, now=is_needed):
        _put_back(mail)
        return
    try:
        message = _message(mail, connection)
        rehearse(message) if _is_withheld(mail) else message.send()
    except smtplib.SMTPException as error:
        _after_answer(mail, *_answer(error))
    except OSError as error:
        _after_silence(mail, error)
    except (ValueError, UnicodeError) as error:
        _finish(mail, MailState.FAILED, f"The mail could not be written: {error}")
    else:
        _finish(mail, MailState.SENT, "")


def sweep() -> None:
    """Pick up whatever is due: new mails whose wake-up was lost, second tries, mails of a worker that died."""
    waiting = OutgoingMail.objects.filter(_due())
    if not waiting.exists():
        return
    due = waiting.filter(_passes()).order_by("due_at", "pk").values_list("pk", flat=True)
    with connections.held(patience=QUEUED_FOR) as has_one:
        connection, turn = get_connection(), Turn(SWEEP_SECONDS)
        mails = takewhile(lambda _: not turn.is_over(), due[:BATCH])
        each("notify.sweep", mails, lambda pk: _deliver(pk, _open(connection), has_one=has_one), is_whole=False)
        connection.close()


def retention() -> int:
    """Forget after 30 days to whom a mail went; what stood in it was forgotten when it was sent."""
    old = timezone.now() - ADDRESSES_KEPT
    return OutgoingMail.objects.filter(state__in=[MailState.SENT, MailState.FAILED], created_at__lt=old).delete()[0]


def _due() -> Q:
    """Mails with a date for calendars reach an address in their order: a cancellation that overtakes its invitation,
    which the server put off, would leave the date in the calendar."""
    now = timezone.now()
    unsent = OutgoingMail.objects.filter(state__in=[MailState.QUEUED, MailState.RETRY, MailState.SENDING])
    earlier = unsent.filter(address=OuterRef("address"), pk__lt=OuterRef("pk")).exclude(calendar="")
    is_next = Q(calendar="") | ~Exists(earlier)
    waiting = is_next & Q(state__in=[MailState.QUEUED, MailState.RETRY], due_at__lte=now)
    abandoned = Q(state=MailState.SENDING, lease_until__lt=now)
    return waiting | abandoned


def _passes() -> Q:
    """While a restored database is looked at, only what somebody needs to sign in goes out, and only what is new."""
    since = fence.up_since()
    if since is None:
        return Q()
    needed = [Q(reason__startswith=beginning) for beginning in NEEDED]
    return reduce(or_, needed) & Q(created_at__gt=since)


def discard_held(before: datetime) -> int:
    """Mails written before the database was restored: the site they come from has most likely sent them. They count as
    failed, and what stood in them is forgotten as after a sending."""
    held = OutgoingMail.objects.filter(
        state__in=[MailState.QUEUED, MailState.RETRY, MailState.SENDING], created_at__lte=before
    )
    return held.update(
        state=MailState.FAILED, reply=DISCARDED, text="", html="", headers={}, calendar="", lease_until=None
    )


def _claim(mail_id: int) -> bool:
    """Take the mail for us alone. A mail left in mid-send is sent again: one letter twice beats none."""
    lease = timezone.now() + LEASE
    changes = {"state": MailState.SENDING, "lease_until": lease, "attempts": F("attempts") + 1}
    return OutgoingMail.objects.filter(_due(), _passes(), pk=mail_id).update(**changes) == 1


def _open(connection: BaseEmailBackend) -> BaseEmailBackend | None:
    """The kept connection, or none: then the mail tries its own and notes why that fails."""
    try:
        connection.open()
    except (OSError, smtplib.SMTPException):
        return None
    return connection


class SignedMail(EmailMultiAlternatives):
    """Signed as the site's settings say, once everything else of it stands."""

    def message(self) -> Any:  # type: ignore[override]  # its stubs are of the next Django
        written: Any = super().message()
        if dkim_signing.is_on():
            signature = dkim_signing.signature_of(written.as_bytes(linesep="\r\n"), mail_domain())
            written["DKIM-Signature"] = " ".join(signature.decode("ascii").partition(":")[2].split())
        return written


def _message(mail: OutgoingMail, connection: BaseEmailBackend | None) -> EmailMultiAlternatives:
    """Who reads the answers is looked up now: an address that changed since, or went, stands in no mail."""
    answers_to = answers.goes_to(mail.program_id, mail.person_id)
    headers = {"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated", **mail.headers}
    sender = bounces.sender_of(mail.message_id)
    if sender:  # of the envelope; the reader sees the site's own
        headers.setdefault("From", settings.DEFAULT_FROM_EMAIL)
    message = SignedMail(
        mail.subject,
        mail.text,
        from_email=sender or None,
        to=[mail.address],
        reply_to=[answers_to] if answers_to else None,
        headers=headers,
        connection=connection,
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    if mail.calendar:  # beside the texts, not as a file: so a mailbox shows the date with its buttons (RFC 6047)
        message.attach_alternative(mail.calendar, content_type(mail.calendar))
    return message


def _is_withheld(mail: OutgoingMail) -> bool:
    """Rooms above may hold a mail back (`Room.withholds`)."""
    return any(room.withholds[mail.reason](mail) for room in rooms.every() if mail.reason in room.withholds)


def _answer(error: smtplib.SMTPException) -> tuple[int, str]:
    """What the server said: the code and its words. Code 0: it hung up."""
    code: int
    words: bytes | str
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
    elif isinstance(error, smtplib.SMTPResponseException):
        code, words = error.smtp_code, error.smtp_error
    elif isinstance(error, smtplib.SMTPNotSupportedError):
        code, words = 550, str(error)
    else:
        code, words = 0, str(error)
    return code, words.decode(errors="replace") if isinstance(words, bytes) else words


def _after_answer(mail: OutgoingMail, code: int, words: str) -> None:
    reply = f"{code or ''} {words}".strip()
    if (code >= 500 and code not in TEMPORARY_CODES) or mail.attempts >= TRIES:
        _finish(mail, MailState.FAILED, reply)
    else:
        _again(mail, reply)


def _after_silence(mail: OutgoingMail, error: OSError) -> None:
    if timezone.now() - mail.created_at > PATIENCE:
        _finish(mail, MailState.FAILED, str(error))
    else:
        is_needed = mail.reason.startswith(NEEDED)
        _again(mail, str(error), at_most=SOON if is_needed else BACK_OFF[-1])


def _put_back(mail: OutgoingMail) -> None:
    """The mail account has had enough for this minute, or for this moment: that is no try."""
    OutgoingMail.objects.filter(pk=mail.pk).update(
        state=MailState.QUEUED, attempts=F("attempts") - 1, due_at=timezone.now() + A_MOMENT, lease_until=None
    )


def _again(mail: OutgoingMail, reply: str, *, at_most: timedelta = BACK_OFF[-1]) -> None:
    pause = min(BACK_OFF[min(mail.attempts, len(BACK_OFF)) - 1], at_most)
    log.info("mail %s will be tried again in %s", mail.pk, pause)
    OutgoingMail.objects.filter(pk=mail.pk).update(
        state=MailState.RETRY, reply=_short(reply), due_at=timezone.now() + pause, lease_until=None
    )


def _finish(mail: OutgoingMail, state: MailState, reply: str) -> None:
    """Keep that the mail went out (or not), never what stood in it: it may hold a link that opens an account."""
    OutgoingMail.objects.filter(pk=mail.pk).update(
        state=state,
        reply=_short(reply),
        text="",
        html="",
        headers={},
        calendar="",
        lease_until=None,
        sent_at=timezone.now() if state == MailState.SENT else None,
    )


def _short(reply: str) -> str:
    return " ".join(reply.replace("\x00", "").split())[:200]
