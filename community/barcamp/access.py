"""Who sees a board: who is invited to its event, and who plans it. Others of the program know of the event only.

Whoever is invited proposes and votes, executives too: a barcamp is the day of those who come. The forum keeps them out
because people write there every day and for long; a board has titles, and votes without names."""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import get_object_or_404

from community.barcamp.models import CampRoom, CampSlot, Offering, Proposal
from community.events import access as events
from community.events.models import Event, EventKind

if TYPE_CHECKING:
    from core.people.models import User


def get_board(user: "User", slug: str, pk: int) -> Event:
    return events.get_page_of(user, slug, pk, EventKind.BARCAMP)


def get_board_to_host(user: "User", slug: str, pk: int) -> Event:
    return events.get_page_to_host(user, slug, pk, EventKind.BARCAMP)


def get_proposal(user: "User", slug: str, pk: int, number: int) -> Proposal:
    return _proposal(get_board(user, slug, pk), number, Q(deleted_at=None))


def get_own_proposal(user: "User", slug: str, pk: int, number: int) -> Proposal:
    """One's own, put away or not; 403 for one of somebody else."""
    proposal = _proposal(get_board(user, slug, pk), number, Q())
    if proposal.by_id != user.pk:
        raise PermissionDenied
    return proposal


def get_proposal_to_remove(user: "User", slug: str, pk: int, number: int) -> Proposal:
    """One's own, or any for a host."""
    event = get_board(user, slug, pk)
    proposal = _proposal(event, number, Q())
    if proposal.by_id != user.pk and not events.can_host(user, event):
        raise PermissionDenied
    return proposal


def get_proposal_to_bring_back(user: "User", slug: str, pk: int, number: int) -> Proposal:
    """One's own that one withdrew, or for a host one that a host removed: what somebody took back stays taken back."""
    proposal = get_proposal_to_remove(user, slug, pk, number)
    if proposal.deleted_at is not None and proposal.by_id != user.pk and not proposal.is_removed:
        raise PermissionDenied
    return proposal


def get_proposal_to_lead(user: "User", slug: str, pk: int, number: int) -> Proposal:
    """A wish; 403 for an offer, which has somebody who leads it."""
    proposal = get_proposal(user, slug, pk, number)
    if proposal.kind != Offering.WISH:
        raise PermissionDenied
    return proposal


def _proposal(event: Event, number: int, which: Q) -> Proposal:
    found = get_object_or_404(Proposal.objects.filter(which), event=event, pk=number)
    found.event = event
    return found


def get_room(user: "User", slug: str, pk: int, number: int, *, also_removed: bool = False) -> CampRoom:
    event = get_board_to_host(user, slug, pk)
    rows = CampRoom.objects.all() if also_removed else CampRoom.objects.present()
    room = get_object_or_404(rows, event=event, pk=number)
    room.event = event
    return room


def get_slot(user: "User", slug: str, pk: int, number: int, *, also_removed: bool = False) -> CampSlot:
    event = get_board_to_host(user, slug, pk)
    rows = CampSlot.objects.all() if also_removed else CampSlot.objects.present()
    slot = get_object_or_404(rows, event=event, pk=number)
    slot.event = event
    return slot


def get_cell(user: "User", slug: str, pk: int, room: int, slot: int) -> tuple[CampRoom, CampSlot]:
    """404 for a time that is for everybody: it has no cells."""
    place = get_room(user, slug, pk, room)
    when = get_object_or_404(CampSlot.objects.present(), event=place.event, pk=slot, title="")
    when.event = place.event
    return place, when
