"""Who sees an event: everybody in the program, as its dates; a draft only who plans it."""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from community.events import feedback
from community.events.invited import is_invited
from community.events.models import Event, EventKind, EventState
from programs.alumni import access as alumni
from programs.membership.access import Ability, can, get_program, require
from programs.membership.models import Program
from programs.phases.models import Milestone

if TYPE_CHECKING:
    from core.people.models import User


def get_event(user: "User", slug: str, pk: int, ability: Ability = Ability.SEE_PROGRAM) -> Event:
    """404 for who does not belong to the program, and for who does not plan events while it is a draft."""
    program = get_program(user, slug)
    rows = Event.objects.select_related("milestone").filter(milestone__deleted_at=None)
    event = get_object_or_404(rows, milestone__program=program, pk=pk)
    if event.state == EventState.DRAFT and not can_edit(user, program):
        raise Http404
    require(user, ability, program)
    event.milestone.program = program
    return event


def get_page_of(user: "User", slug: str, pk: int, kind: EventKind) -> Event:
    """What an event of one kind has besides: 404 for another kind, 403 for who neither is invited nor plans it."""
    event = get_event(user, slug, pk)
    if event.kind != kind:
        raise Http404
    if not can_host(user, event) and not is_invited(event, user):
        raise PermissionDenied
    return event


def get_page_to_host(user: "User", slug: str, pk: int, kind: EventKind) -> Event:
    event = get_event(user, slug, pk, Ability.EDIT_EVENTS)
    if event.kind != kind:
        raise Http404
    return event


def can_host(user: "User", event: Event) -> bool:
    return can_edit(user, event.milestone.program)


def can_edit(user: "User", program: Program) -> bool:
    return can(user, Ability.EDIT_EVENTS, program)


def get_event_to_answer(user: "User", slug: str, pk: int) -> Event:
    """403 for who is not invited."""
    event = get_event(user, slug, pk, Ability.JOIN_EVENTS)
    if not is_invited(event, user):
        raise PermissionDenied
    return event


def get_event_to_judge(user: "User", slug: str, pk: int) -> Event:
    """403 for who neither was there nor said yes."""
    event = get_event_to_answer(user, slug, pk)
    if not feedback.asked(event).filter(pk=user.pk).exists():
        raise PermissionDenied
    return event


def get_free_date(user: "User", slug: str, pk: str | None) -> Milestone | None:
    """A date of the timeline that no event has yet, for who plans events; nothing where none was named."""
    program = get_program(user, slug, Ability.EDIT_EVENTS)
    if not pk:
        return None
    rows = Milestone.objects.present().filter(program=program, event=None)
    milestone = get_object_or_404(rows, pk=pk if pk.isascii() and pk.isdigit() and len(pk) < 19 else 0)
    milestone.program = program
    return milestone


def get_planned(user: "User", slug: str, pk: int) -> Event:
    """For who plans events, also one that was discarded: it can be brought back."""
    program = get_program(user, slug, Ability.EDIT_EVENTS)
    event = get_object_or_404(Event.objects.select_related("milestone"), milestone__program=program, pk=pk)
    event.milestone.program = program
    return event


def get_event_for_alumni(user: "User", slug: str, pk: int) -> Event:
    """Announced and open to alumni, for who stays in touch; to everybody else it does not exist by this way."""
    program = alumni.get_program_in_touch(user, slug)
    rows = Event.objects.select_related("milestone").filter(state=EventState.ANNOUNCED, for_alumni=True)
    event = get_object_or_404(rows, milestone__program=program, milestone__deleted_at=None, pk=pk)
    event.milestone.program = program
    return event
