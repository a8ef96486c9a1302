"""Who says thanks and reads it: those who help each other. Who is thanked decides who else does."""

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.http import Http404

from community.recognition.models import Kudos, Portrait
from programs.membership import access as membership
from programs.membership.access import Ability
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


def get_thanks(user: "User", slug: str) -> Program:
    return membership.get_program(user, slug, Ability.SEE_DIRECTORY)


def get_portrayed(user: "User", slug: str) -> Program:
    return membership.get_program(user, slug, Ability.TAKE_PART)


def get_received(user: "User", slug: str, pk: int) -> Kudos:
    """What was said to who asks. Anybody else's does not exist."""
    program = get_thanks(user, slug)
    return _or_404(Kudos.objects.present().filter(program=program, to=user, pk=pk).first())


def get_kudos_to_take_back(user: "User", slug: str, pk: int) -> Kudos:
    """One's own, said or received, also one that is gone a moment ago (harmless twice). Neither an archived program
    nor another role keeps anybody from it."""
    return _or_404(_of_the_two(user, slug, pk).first())


def get_kudos_to_bring_back(user: "User", slug: str, pk: int) -> Kudos:
    """Undo. What the other one took back is gone for both."""
    undoes = Q(deleted_at=None) | Q(by=user, to_took_back=False) | Q(to=user, by_took_back=False)
    return _or_404(_of_the_two(user, slug, pk).filter(undoes).first())


def get_own_portrait(user: "User", slug: str, pk: int) -> Portrait:
    program = membership.get_program(user, slug)
    portrait = Portrait.objects.filter(program=program, user=user, pk=pk).first()
    if portrait is None:
        raise Http404
    return portrait


def _of_the_two(user: "User", slug: str, pk: int) -> QuerySet[Kudos]:
    program = membership.get_program(user, slug)
    return Kudos.objects.filter(Q(by=user) | Q(to=user), program=program, pk=pk)


def _or_404(kudos: Kudos | None) -> Kudos:
    if kudos is None:
        raise Http404
    return kudos
