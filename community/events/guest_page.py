"""What guests are shown, and what who plans the event reads of them."""

from typing import Any

from django.utils import timezone

from community.events import answering, guest_letters, moments, running_order
from community.events.event_page import video_of
from community.events.guest_tokens import token_of
from community.events.models import Choice, Event, EventState
from community.events.models_guests import Guest
from community.events.queries import guests_of
from core.attachments.files import public_picture_path
from core.kit import cldr
from core.kit.markdown import render
from programs.membership.access import Ability
from programs.membership.queries import people_with


def of_guest(guest: Guest) -> dict[str, Any]:
    """The event and the own answer; nobody else, not even how many."""
    event, now = guest.event, timezone.now()
    comes = guest.choice == Choice.YES
    milestone = event.milestone
    return {
        "program": milestone.program,
        "event": event,
        "guest": guest,
        "token": token_of(guest.key),
        "when": guest_letters.when(event),
        "begins": moments.begins(milestone) if milestone.at else None,
        "month_short": cldr.month_short(milestone.on),
        "description": render(str(event.description)),
        "points": running_order.points(str(event.running_order), milestone.at),
        "speakers": running_order.speakers(event.speakers),
        "materials": render(str(event.materials)),
        "picture": public_picture_path(event.picture_id) if event.picture_id else "",
        "invitation": render(str(event.invitation)),
        "guest_note": render(str(event.guest_note)),
        "video": video_of(event) if comes else "",
        "is_live": comes and bool(event.video) and event.is_open and moments.can_be_joined(milestone, now),
        "is_over": moments.is_over(milestone, now),
        "is_cancelled": event.state == EventState.CANCELLED or milestone.deleted_at is not None,
        "may_answer": answering.can_answer(event),
        "moves_up": now < moments.moves_up_until(milestone),
        "is_full": event.free == 0 and not comes,
    }


def of_host(event: Event) -> dict[str, Any]:
    rows = list(guests_of(event))
    failed = guest_letters.failed([each.pk for each in rows])
    return {
        "program": event.milestone.program,
        "event": event,
        "guests": rows,
        "failed": failed,
        "to_invite": sum(1 for each in rows if each.invited_at is None),
        "may_invite": answering.can_answer(event),
        "is_over": moments.is_over(event.milestone, timezone.now()),
    }


def known_to(event: Event) -> set[str]:
    """Whose address needs no invitation as a guest: guests, and everybody who takes part or helps here. Not only those
    this event is for: what an event is narrowed by (language, topics) would be told of one address by trying it."""
    guests = Guest.objects.present().filter(event=event).values_list("email", flat=True)
    here = people_with(Ability.JOIN_EVENTS, event.milestone.program).values_list("user__email", flat=True)
    return {email.lower() for email in (*guests, *here)}
