"""The strategy map is read by everybody who sees the figures of groups, and changed by program managers."""

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404

from analytics.scorecard.models import StrategyAim
from programs.membership import access as membership
from programs.membership.access import Ability
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


def get_strategy(user: "User", slug: str, ability: Ability = Ability.SEE_AGGREGATES) -> Program:
    return membership.get_program(user, slug, ability)


def get_aim(user: "User", slug: str, pk: int, *, is_deleted: bool = False) -> StrategyAim:
    """To change it; for undo also one that was removed."""
    program = get_strategy(user, slug, Ability.MANAGE_PROGRAM)
    rows = StrategyAim.objects.all() if is_deleted else StrategyAim.objects.present()
    aim = get_object_or_404(rows, program=program, pk=pk)
    aim.program = program
    return aim
