"""The strategy map and the objectives are read by everybody who sees the figures of groups, and changed by program
managers."""

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404

from analytics.scorecard.models import StrategyAim, StrategyLine
from analytics.scorecard.models_objectives import CheckIn, KeyResult, Objective
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


def get_objective(user: "User", slug: str, pk: int, *, is_deleted: bool = False) -> Objective:
    """To change it; for undo also one that was removed."""
    program = get_strategy(user, slug, Ability.MANAGE_PROGRAM)
    rows = Objective.objects.all() if is_deleted else Objective.objects.present()
    objective = get_object_or_404(rows, program=program, pk=pk)
    objective.program = program
    return objective


def get_result(user: "User", slug: str, pk: int, *, is_deleted: bool = False) -> KeyResult:
    program = get_strategy(user, slug, Ability.MANAGE_PROGRAM)
    rows = KeyResult.objects.all() if is_deleted else KeyResult.objects.present()
    rows = rows.filter(objective__program=program, objective__deleted_at=None).select_related("objective")
    result = get_object_or_404(rows, pk=pk)
    result.objective.program = program
    return result


def get_check_in(user: "User", slug: str, pk: int) -> CheckIn:
    """Of the program's, also one that was withdrawn (undo): team members write it in their office."""
    program = get_strategy(user, slug, Ability.MANAGE_PROGRAM)
    rows = CheckIn.objects.filter(result__objective__program=program).select_related("result__objective")
    written = get_object_or_404(rows, pk=pk)
    written.result.objective.program = program
    return written


def get_line(user: "User", slug: str, pk: int, goal: int, *, is_deleted: bool = False) -> StrategyLine:
    """A line by its two aims; for undo also one that was removed."""
    aim = get_aim(user, slug, pk)
    rows = StrategyLine.objects.all() if is_deleted else StrategyLine.objects.present()
    line = get_object_or_404(rows.select_related("goal"), source=aim, goal_id=goal, goal__deleted_at=None)
    line.source = aim
    return line
