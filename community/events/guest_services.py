"""What changes about guests. The journal says that guests were added, invited or removed; whom and what they answered
stands in no log."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from community.events import guest_letters
from community.events.answering import (
    EventFullError,
    EventOverError,
    can_answer,
    forget_shown,
    locked,
    move_up,
    seat,
)
from community.events.models import Choice, Event, EventState
from community.events.models_guests import Guest
from community.events.moments import TIME_TO_UNDO
from community.events.verbs import EventsVerb
from core.journal import services as journal
from core.notify.services import forget_mails

if TYPE_CHECKING:
    from core.people.models import User

GUESTS_KEPT = timedelta(days=30)  # after the event


class GuestGoneError(Exception):
    """Removed, forgotten or cleared away in the meantime."""


class NotAnnouncedError(Exception):
    """Nobody is invited to a draft."""


@transaction.atomic
def add_guests(event: Event, *, guests: Sequence[tuple[str, str]], language: str, by: "User") -> list[Guest]:
    """Names and addresses; nobody is written to yet. Who is there already stays as they are."""
    event = locked(event)
    known = {email.lower() for email in Guest.objects.present().filter(event=event).values_list("email", flat=True)}
    rows = [
        Guest(event=event, name=name, email=email, language=language)
        for name, email in guests
        if email.lower() not in known
    ]
    Guest.objects.bulk_create(rows)
    if rows:
        journal.record(EventsVerb.GUESTS_ADDED, event.milestone, by=by)
    return rows


@transaction.atomic
def invite_guests(event: Event, *, by: "User") -> int:
    """Everybody who has no invitation yet gets theirs, once. How many they were."""
    event = locked(event)
    if event.state == EventState.DRAFT:
        raise NotAnnouncedError
    if not can_answer(event):
        raise EventOverError
    rows = list(Guest.objects.present().filter(event=event, invited_at=None))
    Guest.objects.filter(pk__in=[each.pk for each in rows]).update(invited_at=timezone.now())
    for each in rows:
        each.event = event
    guest_letters.tell_invited(rows)
    if rows:
        journal.record(EventsVerb.GUESTS_INVITED, event.milestone, by=by)
    return len(rows)


@transaction.atomic
def remove_guest(guest: Guest, *, by: "User") -> None:
    """Out of sight, and the place is free; for ten minutes it can be undone, then the guest is told and deleted."""
    event = locked(guest.event)
    row = _locked(guest)
    row.put_away()
    journal.record(EventsVerb.GUEST_REMOVED, event.milestone, by=by)
    _freed(event, row.choice)


@transaction.atomic
def restore_guest(guest: Guest, *, by: "User") -> bool:
    """Back as before; who had a place that others have by now waits for one. Whether it stands again."""
    event = locked(guest.event)
    row = Guest.objects.put_away().filter(pk=guest.pk).first()
    if row is None or Guest.objects.present().filter(event=event, email__iexact=row.email).exists():
        return False
    if row.choice == Choice.YES:
        try:
            row.choice = seat(event, "")
        except EventFullError:
            row.choice = ""
    row.take_back(choice=row.choice)
    journal.record(EventsVerb.GUEST_RESTORED, event.milestone, by=by)
    forget_shown(event.milestone.program_id)
    return True


@transaction.atomic
def answer_as_guest(guest: Guest, *, choice: str) -> str:
    """What stands now: who asks for a place when all are taken waits for one, as everybody does."""
    event = locked(guest.event)
    row = _locked(guest)
    if not can_answer(event):
        raise EventOverError
    before, wanted = row.choice, choice
    if wanted in (Choice.YES, Choice.WAITING):
        wanted = seat(event, before)
    if wanted != before:
        Guest.objects.filter(pk=row.pk).update(choice=wanted, since=timezone.now())
        _freed(event, before)
    return wanted


@transaction.atomic
def forget_guest(guest: Guest) -> None:
    """Name, address, answer and every mail in the outbox, at once."""
    event = locked(guest.event)
    row = _locked(guest)
    choice = row.choice
    _erase([row.pk])
    _freed(event, choice)


@transaction.atomic
def let_go(guest: Guest) -> bool:
    """A guest whose removal was not undone: told, unless they never were invited, said no or are on the list again, and
    deleted. Whoever deletes the row is the one who tells."""
    gone = Guest.objects.put_away().filter(pk=guest.pk, deleted_at__lt=timezone.now() - TIME_TO_UNDO)
    row = gone.select_for_update(of=("self",)).select_related("event__milestone__program").first()
    if row is None:
        return False
    event = row.event
    _erase([row.pk])
    is_back = Guest.objects.present().filter(event=event, email__iexact=row.email).exists()
    if not is_back and row.invited_at and row.choice != Choice.NO and can_answer(event):
        guest_letters.tell_removed(row)
    return True


def retention() -> int:
    """30 days after the event nothing is left of its guests."""
    long_ago = timezone.localdate() - GUESTS_KEPT
    rows = Guest.objects.filter(event__milestone__on__lt=long_ago).select_related("event__milestone")
    return _erase([each.pk for each in rows if each.event.milestone.last_day < long_ago])


@transaction.atomic
def forget_everywhere(user: "User") -> None:
    """An account is erased: the address was a guest's, too."""
    for each in Guest.objects.filter(email__iexact=user.email).select_related("event").order_by("event", "pk"):
        event = locked(each.event)
        _erase([each.pk])
        _freed(event, each.choice)


def _erase(pks: Iterable[int]) -> int:
    keys = list(pks)
    for reason in guest_letters.REASONS:
        forget_mails(reason, keys)
    return Guest.objects.filter(pk__in=keys).delete()[0]


def _locked(guest: Guest) -> Guest:
    row = Guest.objects.present().select_for_update(of=("self",)).filter(pk=guest.pk).first()
    if row is None:
        raise GuestGoneError
    return row


def _freed(event: Event, choice: str) -> None:
    if choice == Choice.YES:
        move_up(event)
    forget_shown(event.milestone.program_id)
