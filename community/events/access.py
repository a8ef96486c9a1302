"""Who sees events: everybody in the program, as its dates."""

from typing import TYPE_CHECKING

from programs.membership.access import Ability, can
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


def can_edit(user: "User", program: Program) -> bool:
    return can(user, Ability.EDIT_EVENTS, program)
