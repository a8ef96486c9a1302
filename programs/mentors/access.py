"""Mentors and buddies are between two people: nobody else sees anything of it, who leads the program included."""

from typing import TYPE_CHECKING

from django.db.models import Q
from django.http import Http404
from django.utils import timezone

from programs.generations import access as generations
from programs.generations.models import Participant
from programs.mentors.models import KEPT, Pairing

if TYPE_CHECKING:
    from core.people.models import User


def get_participation(user: "User", slug: str) -> Participant:
    """One's own; 404 for a person in no generation."""
    return generations.get_my_participation(user, slug)


def get_pairing(user: "User", slug: str, pk: int) -> Pairing:
    """One that this person asked for or was asked for; ended a second time it is ended."""
    participant = get_participation(user, slug)
    mine = Q(asker=user) | Q(partner=user)
    return _found(Pairing.objects.filter(mine, program=participant.program, pk=pk).first())


def get_request(user: "User", slug: str, pk: int) -> Pairing:
    """One that waits for this person's yes."""
    participant = get_participation(user, slug)
    waiting = Pairing.objects.filter(program=participant.program, partner=user, pk=pk, ended_at=None, agreed_at=None)
    return _found(waiting.first())


def get_ended(user: "User", slug: str, pk: int) -> Pairing:
    """One that this person ended a moment ago (undo)."""
    participant = get_participation(user, slug)
    mine = Pairing.objects.filter(Q(asker=user) | Q(partner=user), program=participant.program, pk=pk)
    return _found(mine.filter(ended_by=user, ended_at__gte=timezone.now() - KEPT).first())


def _found(pairing: Pairing | None) -> Pairing:
    if pairing is None:
        raise Http404
    return pairing
