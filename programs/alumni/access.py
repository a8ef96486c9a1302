"""Who left and stays in touch. It is a consent and no role, so every other page answers as to anybody who left."""

from typing import TYPE_CHECKING

from django.http import Http404

from programs.consents import access as consents
from programs.consents.models import Purpose
from programs.membership.access import Ability, can
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


def is_alumnus(user: "User", program: Program) -> bool:
    """Who takes part again is none, whatever the ledger says."""
    if user.erase_at is not None or can(user, Ability.TAKE_PART, program):
        return False
    return consents.has_granted(user, program, Purpose.ALUMNI)


def may_choose(user: "User", program: Program) -> bool:
    """Whoever is one, and whoever left or ended it and may still think again."""
    if can(user, Ability.TAKE_PART, program):
        return False
    rests = (consents.resting(user, program, purpose) for purpose in (Purpose.ALUMNI, Purpose.PARTICIPATION))
    return is_alumnus(user, program) or any(rest is not None and rest.may_be_taken_back for rest in rests)


def get_own_program(user: "User", slug: str) -> Program:
    """The program of the own page; 404 for everybody to whom the choice does not belong."""
    program = consents.get_own_program(user, slug)
    if not may_choose(user, program):
        raise Http404
    return program


def get_program_in_touch(user: "User", slug: str) -> Program:
    """The same for what only those get who have chosen it."""
    program = get_own_program(user, slug)
    if not is_alumnus(user, program):
        raise Http404
    return program
