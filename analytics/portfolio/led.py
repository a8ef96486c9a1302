"""Which programs somebody looks after: as a program manager, or as an executive."""

from typing import TYPE_CHECKING

from programs.membership.access import Ability, can, roles_by_program
from programs.membership.models import Program, Role

if TYPE_CHECKING:
    from core.people.models import User

LOOKING_AFTER = frozenset({Role.MANAGER, Role.EXECUTIVE})


def led_by(user: "User") -> list[Program]:
    """Running programs in which somebody is a program manager or an executive, by name."""
    return [each for each, roles in roles_by_program(user).items() if roles & LOOKING_AFTER and not each.archived_at]


def holding(user: "User", programs: list[Program], ability: Ability) -> list[Program]:
    """Those of them in which the person may do it."""
    return [each for each in programs if can(user, ability, each)]
