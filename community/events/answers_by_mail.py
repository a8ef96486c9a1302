"""Answers that people give in their calendar program, read from the site's mailbox by the clock.

An answer counts where three things fit: the date's UID, the address of somebody who is invited, and the address it went
to, which only that person's invitation holds. It then takes the same way as one on the page.
"""

import logging
from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone
from django.utils.crypto import salted_hmac

from community.events import access, answering, guest_letters, guest_services, news
from community.events.answering import EventFullError, EventOverError
from community.events.models import Answer, Choice, Event, EventState
from community.events.models_guests import Guest
from community.events.models_mail import AnswerMail
from community.events.replies import Reply, reply_in
from community.events.reply_tokens import guest_key, is_on, is_reply_address, person_key
from core.kit.calendars import uid_of
from core.notify import mailbox
from core.notify.bounces import TAG
from core.notify.mailbox import Mailbox, UnreadMail
from core.people.models import User
from core.schedule.each import each, within

log = logging.getLogger(__name__)

SECONDS = 45  # for one look; the next one takes the others
AT_ONCE = timedelta(minutes=5)  # so long a mail may lie until it is read, and still be as new as the page
KEPT = timedelta(days=35)  # longer than the mailbox is looked back


def read() -> Counter[str]:
    """Nothing where there is no mailbox. A mail that fails is tried again later and keeps no other waiting."""
    counted: Counter[str] = Counter()
    if not is_on():
        return counted
    with mailbox.open_mailbox() as box:
        letters = box.unread(without=TAG)
        known = _known(letters)
        new = [letter for letter in letters if _mark(letter) not in known]
        each(
            "events.answers_by_mail", within(SECONDS, new),
            lambda letter: counted.update([_look(box, letter)]), key=_mark,
        )  # fmt: skip
        taken = _known(letters)  # what is counted for good; also what a run before did not come to mark
        for letter in letters:
            if taken.get(_mark(letter)):
                box.mark_read(letter)
    if counted:
        log.info("answers by mail: %s", dict(counted))
    return counted


def _known(letters: Iterable[UnreadMail]) -> dict[str, bool]:
    """The mails that were looked at, and whether each was an answer."""
    marks = [_mark(letter) for letter in letters]
    return dict(AnswerMail.objects.filter(mark__in=marks).values_list("mark", "is_answer"))


def _mark(letter: UnreadMail) -> str:
    """A mail without a number of its own is known by when it came and how long it is."""
    said = letter.message_id or f"{letter.received_at.isoformat()} {letter.size}"
    return salted_hmac("events.answer_mail", said, algorithm="sha256").hexdigest()


def _look(box: Mailbox, letter: UnreadMail) -> str:
    """Who notes it first does it: of two readers at once the other waits, and then it is known. What is no answer of
    somebody who is invited stays as it lies."""
    noted, is_first = AnswerMail.objects.get_or_create(mark=_mark(letter), defaults={"is_answer": False})
    if not is_first:
        return "known"
    reply = reply_in(box.body(letter)) if letter.size <= mailbox.LARGEST else None
    if reply is None or not _take(reply, letter):
        return "left"
    noted.is_answer = True
    noted.save(update_fields=["is_answer"])
    return "taken"


def _take(reply: Reply, letter: UnreadMail) -> bool:
    event = _event_of(reply.uid)
    if event is None:
        return False
    person = User.objects.filter(email__iexact=reply.attendee, is_active=True).first()
    if person and _is_theirs(reply, event, person_key(person.pk)):
        return _answer(event, person, reply.choice, letter)
    guest = Guest.objects.present().filter(event=event, email__iexact=reply.attendee).first()
    if guest and _is_theirs(reply, event, guest_key(guest.pk)):
        return _answer_of_guest(guest, reply.choice, letter)
    return False


def _event_of(uid: str) -> Event | None:
    rows = Event.objects.filter(state=EventState.ANNOUNCED, milestone__deleted_at=None)
    rows = rows.filter(milestone__on__gte=timezone.localdate() - KEPT)
    return next((event for event in rows.select_related("milestone__program") if _uid(event) == uid), None)


def _uid(event: Event) -> str:
    return uid_of("milestone", event.milestone_id)


def _is_theirs(reply: Reply, event: Event, who: str) -> bool:
    return any(is_reply_address(address, event.milestone_id, who) for address in reply.sent_to)


def _answer(event: Event, person: User, choice: Choice, letter: UnreadMail) -> bool:
    """What was said on the page after the mail had come counts more than the mail."""
    try:
        access.get_event_to_answer(person, event.milestone.program.slug, event.pk)
        if Answer.objects.filter(event=event, person=person, since__gt=letter.received_at + AT_ONCE).exists():
            return True
        before, said = answering.answer(event, choice=choice, person=person)
    except (Http404, PermissionDenied, EventOverError):
        return False
    except EventFullError:
        news.tell_no_place(event, person, _mark(letter))
        return True
    if said and said.choice == Choice.WAITING != before:
        news.tell_no_place(event, person, _mark(letter))
    return True


def _answer_of_guest(guest: Guest, choice: Choice, letter: UnreadMail) -> bool:
    """Guests say yes or no, and on their page last of all."""
    if choice == Choice.MAYBE:
        return False
    if guest.since is not None and guest.since > letter.received_at + AT_ONCE:
        return True
    try:
        stands = guest_services.answer_as_guest(guest, choice=choice)
    except (EventOverError, guest_services.GuestGoneError):
        return False
    except EventFullError:
        stands = Choice.WAITING
    if stands == Choice.WAITING != guest.choice:
        guest_letters.tell_no_place(guest)
    return True


def retention() -> int:
    return AnswerMail.objects.filter(looked_at__lt=timezone.now() - KEPT).delete()[0]
