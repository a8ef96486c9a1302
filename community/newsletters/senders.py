"""One sender: takes rows of an issue in hand and hands them to the mail server over one kept connection."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import zip_longest

from django.utils import timezone

from community.newsletters import envelopes, ledger, letters, marking
from community.newsletters.envelopes import Skeleton
from community.newsletters.ledger import Outcome, Recipient
from community.newsletters.models import DeliveryState, Issue
from core.kit import dkim_signing
from core.kit.languages import shown_in
from core.kit.queues import Turn
from core.kit.smtp import Envelope, Reply, SmtpSession, SmtpSilence, SmtpUnreachable, open_session
from core.notify import bounces, pace
from core.notify.domain import mail_domain

MOST_TRIES = 5


@dataclass(slots=True)
class Mail:
    """A row in hand, addressed; its bytes once they are written."""

    recipient: Recipient
    envelope: Envelope
    message: bytes = b""


@dataclass(slots=True)
class Ahead:
    """A mark that was begun while the mail before it was on its way."""

    recipient: Recipient
    began: float
    is_marked: bool = False


class Sender:
    """Sends claimed rows one after the other. Each row is marked before and after; while one is on its way the next
    one may be marked already, and never more than one is out without its note."""

    def __init__(
        self, issue: Issue, connect: Callable[[], SmtpSession] = open_session, turn: Turn | None = None
    ) -> None:
        self.read(issue)
        self._from = envelopes.sender_address()
        self._connect = connect
        self._turn = turn
        self._session: SmtpSession | None = None
        self._marking: marking.Marking | None = None
        self._last: Outcome | None = None
        self._ahead: Ahead | None = None
        self._is_quick = False
        self.failures = 0  #: mails refused for good so far
        self.look_at: int | None = None  #: with so many of them a batch ends early, so that somebody looks

    def read(self, issue: Issue) -> None:
        """What is sent from now on."""
        reply_to = letters.reply_to(issue)
        self._skeletons = {
            language: Skeleton(issue, frozen, reply_to) for language, frozen in issue.frozen.items() if frozen
        }

    def send(self, recipients: list[Recipient]) -> None:
        """Send these rows. SmtpUnreachable: the server is gone; rows that were not tried are back in the queue.

        What became of the last one is noted together with the next batch, or by `close`.
        """
        todo = [Mail(recipient, envelope) for recipient in recipients if (envelope := self._envelope(recipient))]
        left = len(todo)
        try:
            for mail, following in zip_longest(todo, todo[1:]):
                left -= 1
                was_sent = self._send_one(mail, following)
                if self._turn and self._turn.is_over():
                    self._note_last()
                    break
                if self.look_at is not None and self.failures >= self.look_at:
                    self.look_at = None
                    self._note_last()
                    break
                if not was_sent and self._is_stopped(mail.recipient):
                    break
        except BaseException:
            self._note_last()
            raise
        finally:
            self._take_back()
            ledger.release(mail.recipient for mail in todo)
            pace.give_back(left)

    def close(self) -> None:
        self._note_last()
        if self._marking is not None:
            self._marking.close()
            self._marking = None
        if self._session is not None:
            self._session.close()
            self._session = None

    def _note_last(self) -> None:
        last, self._last = self._last, None
        if last is not None:
            ledger.settle(last)

    def _send_one(self, mail: Mail, following: Mail | None) -> bool:
        """Whether the mail was handed over. Its outcome is kept, to be noted along with a later one."""
        recipient = mail.recipient
        self._write(mail)
        opening = self._begin(mail.envelope)
        if not opening.is_ready:
            self._take_back()
            self._note_last()
            ledger.refuse(self._outcome(recipient, opening))
            self._hang_up_after(opening)
            return False
        if not self._mark(recipient):
            self._drop()
            ledger.drop_unwanted([recipient])
            return False
        ahead = self._mark_ahead(following)
        began = time.perf_counter()
        try:
            reply = self._session.deliver(  # type: ignore[union-attr]  # open since _begin
                mail.message, then=following.envelope if following else None, meanwhile=lambda: self._write(following)
            )
        except SmtpSilence as silence:
            self._drop()
            self._last = Outcome(recipient.id, DeliveryState.UNCERTAIN, str(silence), timezone.now())
            return True
        finally:
            self._is_quick = marking.is_fresh(began)
            if ahead and self._marking:
                ahead.is_marked = self._marking.outcome() == 1
        self._hang_up_after(reply)
        self._last = self._outcome(recipient, reply, was_marked=True)
        return True

    def _mark(self, recipient: Recipient) -> bool:
        """Whether this mail may go out, in this very moment."""
        self._marking = self._marking or marking.Marking()
        ahead = self._ahead
        if ahead and ahead.is_marked and marking.is_fresh(ahead.began):
            self._ahead = None
            return True
        self._take_back()
        last, self._last = self._last, None
        return marking.mark(last, recipient, self._marking)

    def _mark_ahead(self, following: Mail | None) -> "Ahead | None":
        """Begin to mark the next one while this one goes out. What is known of the last one is noted before that."""
        if following is None or not self._is_quick or self._marking is None:
            self._note_last()
            return None
        last, self._last = self._last, None
        self._ahead = Ahead(following.recipient, time.perf_counter())
        self._marking.begin(marking.values_of(last, following.recipient))
        return self._ahead

    def _take_back(self) -> None:
        ahead, self._ahead = self._ahead, None
        if ahead and ahead.is_marked:
            marking.take_back(ahead.recipient)

    def _write(self, mail: Mail | None) -> None:
        """The next letter is written while the server takes in the last one."""
        if mail is not None and not mail.message:
            skeleton = self._skeletons[shown_in(self._skeletons, mail.recipient.language)]
            mail.message = dkim_signing.signed(skeleton.fill(mail.recipient, timezone.now()), mail_domain())

    def _begin(self, envelope: Envelope) -> Reply:
        """Announce the mail; a connection that went stale in between is opened anew once."""
        try:
            if self._session is not None:
                return self._session.begin(envelope)
        except SmtpUnreachable:
            self._drop()
        try:
            self._session = self._connect()
            return self._session.begin(envelope)
        except SmtpUnreachable:
            self._drop()
            raise

    def _is_stopped(self, recipient: Recipient) -> bool:
        """Paused in the meantime: then the rest need not be tried."""
        return not Issue.objects.filter(deliveries=recipient.id, state="sending").exists()

    def _envelope(self, recipient: Recipient) -> Envelope | None:
        try:
            sender = bounces.sender_of(recipient.message_id) or self._from
            return Envelope(sender, envelopes.ascii_address(recipient.address))
        except ValueError:
            self.failures += 1
            ledger.refuse(Outcome(recipient.id, DeliveryState.FAILED, "not an address a mail server understands"))
            return None

    def _hang_up_after(self, reply: Reply) -> None:
        if reply.code == 421:  # the server closes the connection
            self._drop()

    def _outcome(self, recipient: Recipient, reply: Reply, *, was_marked: bool = False) -> Outcome:
        """What an answer means: taken; not now, so try later; or never."""
        text = f"{reply.code} {reply.text}".strip()
        if was_marked and reply.is_accepted:
            return Outcome(recipient.id, DeliveryState.SENT, text)
        tries = recipient.attempts + 1
        if 400 <= reply.code < 500 and tries < MOST_TRIES:
            return Outcome(recipient.id, DeliveryState.RETRY, text, _next_try(reply.code, tries))
        self.failures += 1
        return Outcome(recipient.id, DeliveryState.FAILED, text)

    def _drop(self) -> None:
        if self._session is not None:
            self._session.drop()
            self._session = None


def _next_try(code: int, tries: int) -> datetime:
    """A busy server (421, 432, 451) soon and scattered; a full mailbox (452) and the rest after a while."""
    seconds = 30 * tries if code in (421, 432, 450, 451) else 600 * 2 ** (tries - 1)
    return timezone.now() + timedelta(seconds=seconds * random.uniform(0.8, 1.4))  # noqa: S311  # scatter, no secret
