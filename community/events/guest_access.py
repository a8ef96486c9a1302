"""Who sees guests: who plans the event, and each guest their own page by the link of the mail."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.shortcuts import get_object_or_404

from community.events.access import get_event
from community.events.guest_tokens import key_of
from community.events.models import Event, EventState
from community.events.models_guests import Guest
from programs.membership.access import Ability, can
from programs.membership.queries import access_of_guest

if TYPE_CHECKING:
    from core.people.models import User


def get_guest(user: "User", slug: str, pk: int, guest: int) -> Guest:
    """For who plans the event, as long as the guest is named to them; also one who was removed just now. 404 for who
    said no."""
    event = get_event(user, slug, pk, Ability.EDIT_EVENTS)
    found = get_object_or_404(Guest.objects.all(), event=event, pk=guest)
    if not found.deleted_at and found not in Guest.objects.named():
        raise Http404
    found.event = event
    return found


def is_guest_of(user: "User", event: Event) -> bool:
    """A guest of the program who is invited to this event: they open what there is to read, and nothing else.
    Who said no does not."""
    if not can(user, Ability.BE_GUEST, event.milestone.program):
        return False
    rows = Guest.objects.written_to().filter(event=event, email__iexact=user.email)
    return event.state != EventState.DRAFT and event.milestone.deleted_at is None and rows.exists()


def find_guest(token: str) -> Guest | None:
    """The guest behind a link: somebody who was invited, and whose event was not taken off the timeline for good. Where
    their access to the program was ended since, what was sent before leads nowhere any more."""
    key = key_of(token)
    rows = Guest.objects.present().exclude(invited_at=None).exclude(event__state=EventState.DRAFT)
    found = rows.select_related("event__milestone__program").filter(key=key).first() if key else None
    return None if found is None or _has_ended(found) else found


def is_own(user: "User | AnonymousUser", guest: Guest) -> bool:
    """Whether somebody signed in looks at their own invitation: they have a start page to go back to."""
    if isinstance(user, AnonymousUser) or user.email.lower() != guest.email.lower():
        return False
    return can(user, Ability.ENTER, guest.event.milestone.program)


def _has_ended(guest: Guest) -> bool:
    last = access_of_guest(guest.event.milestone.program, guest.email)
    if last is None or (last.ended_at is None and not last.is_over):
        return False
    return last.ended_at is None or guest.invited_at is None or guest.invited_at < last.ended_at
