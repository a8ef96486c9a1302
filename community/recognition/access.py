"""Who says thanks and reads it: those who help each other. Who is thanked decides who else does."""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404

from community.recognition.models import Kudos, Portrait
from programs.membership import access as membership
from programs.membership.access import Ability, can
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

SAY = Ability.APPEAR_IN_DIRECTORY


def get_thanks(user: "User", slug: str) -> Program:
    return membership.get_program(user, slug, Ability.SEE_DIRECTORY)


def get_thanking(user: "User", slug: str) -> Program:
    """Where something is said or shown that is new: not in a program that was archived."""
    return membership.get_program(user, slug, SAY)


def get_portrayed(user: "User", slug: str) -> Program:
    """Who can write a portrait; and who has one, or withdrew it a moment ago, whatever has become of their role and the
    program."""
    program = membership.get_program(user, slug)
    if not (can(user, Ability.TAKE_PART, program) or _portraits_of(user, program).exists()):
        raise PermissionDenied
    return program


def get_portraying(user: "User", slug: str) -> Program:
    return membership.get_program(user, slug, Ability.TAKE_PART)


def get_received(user: "User", slug: str, pk: int, *, is_shown: bool) -> Kudos:
    """What was said to who asks; to show it or to hide it. Anybody else's does not exist."""
    program = get_thanking(user, slug) if is_shown else get_thanks(user, slug)
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
    portrait = _portraits_of(user, program).filter(pk=pk).first()
    if portrait is None:
        raise Http404
    return portrait


def _portraits_of(user: "User", program: Program) -> QuerySet[Portrait]:
    return Portrait.objects.filter(program=program, user=user)


def _of_the_two(user: "User", slug: str, pk: int) -> QuerySet[Kudos]:
    program = membership.get_program(user, slug)
    return Kudos.objects.filter(Q(by=user) | Q(to=user), program=program, pk=pk)


def _or_404(kudos: Kudos | None) -> Kudos:
    if kudos is None:
        raise Http404
    return kudos
