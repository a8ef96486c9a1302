"""What is selected for the strategy map and the objectives of a quarter."""

from datetime import date

from django.db.models import Prefetch, QuerySet

from analytics.scorecard.models import StrategyAim, StrategyLine
from analytics.scorecard.models_objectives import CheckIn, KeyResult, Objective
from programs.membership.models import Program


def aims_of(program: Program) -> QuerySet[StrategyAim]:
    """With the lines that lead from each. Two queries."""
    drawn = StrategyLine.objects.present().filter(goal__deleted_at=None).select_related("goal")
    lines = Prefetch("lines", drawn.order_by("goal__perspective", "goal__place", "goal_id"), to_attr="drawn")
    return StrategyAim.objects.present().filter(program=program).prefetch_related(lines)


def goals_of(aim: StrategyAim) -> list[int]:
    """What it leads to, by number."""
    rows = StrategyLine.objects.present().filter(source=aim, goal__deleted_at=None)
    return list(rows.values_list("goal_id", flat=True))


def other_aims(program: Program, aim: StrategyAim | None) -> QuerySet[StrategyAim]:
    """What an aim can lead to: every other one."""
    rows = StrategyAim.objects.present().filter(program=program)
    return rows.exclude(pk=aim.pk) if aim else rows


def objectives_of(program: Program, quarter: date) -> QuerySet[Objective]:
    """With their key results and what was written about each, the newest first. Three queries."""
    written = Prefetch("check_ins", CheckIn.objects.present().select_related("by"))
    results = Prefetch("results", KeyResult.objects.present().prefetch_related(written))
    return Objective.objects.present().filter(program=program, quarter=quarter).prefetch_related(results)


def quarters_of(program: Program) -> list[date]:
    """Those that have objectives."""
    rows = Objective.objects.present().filter(program=program).order_by("quarter")
    return list(rows.values_list("quarter", flat=True).distinct())
