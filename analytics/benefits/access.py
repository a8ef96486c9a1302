"""Who tells a success, and who reads which: the person who told it says so."""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import Http404

from analytics.benefits.models import Benefit
from programs.membership import access as membership
from programs.membership.access import Ability, can
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

Readers = Benefit.Readers


def get_telling(user: "User", slug: str) -> Program:
    return membership.get_program(user, slug, Ability.TAKE_PART)


def can_tell(user: "User", program: Program) -> bool:
    return membership.can(user, Ability.TAKE_PART, program)


def levels_for(user: "User", program: Program) -> tuple[str, ...]:
    """Program managers read all of them, executives what was told to the management, nobody else any."""
    if can(user, Ability.MAKE_REPORTS, program):
        return tuple(Readers)
    return tuple(set(Readers) - {Readers.LEAD}) if can(user, Ability.DECIDE, program) else ()


def get_reading(user: "User", slug: str) -> Program:
    program = membership.get_program(user, slug)
    if not levels_for(user, program):
        raise PermissionDenied
    return program


def get_own_benefit(user: "User", slug: str, pk: int) -> Benefit:
    """One's own, also one that was withdrawn a moment ago (undo, harmless twice); everybody else's does not exist.
    Neither an archived program nor having left it keeps anybody from withdrawing."""
    own = Benefit.objects.filter(by=user, program__slug=slug, pk=pk)
    benefit = own.select_related("program").first()
    if benefit is None:
        raise Http404
    return benefit
