"""Everybody in the program may ask for help; who leads it says who helps when."""

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404

from programs.membership.access import Ability, can, get_program
from programs.membership.models import Program
from programs.support.models import Helper

if TYPE_CHECKING:
    from core.people.models import User


def can_arrange(user: "User", program: Program) -> bool:
    return can(user, Ability.MANAGE_PROGRAM, program)


def get_helper(user: "User", slug: str, pk: int) -> Helper:
    """For who leads the program; also a deleted one (undo)."""
    program = get_program(user, slug, Ability.MANAGE_PROGRAM)
    helper = get_object_or_404(Helper, program=program, pk=pk)
    helper.program = program
    return helper
