"""What is selected for the strategy map: its aims, and the newest published figure of each."""

from django.db.models import Prefetch, QuerySet

from analytics.scorecard.models import StrategyAim
from programs.membership.models import Program


def aims_of(program: Program) -> QuerySet[StrategyAim]:
    fed = Prefetch("feeds", StrategyAim.objects.present())
    return StrategyAim.objects.present().filter(program=program).prefetch_related(fed)


def other_aims(program: Program, aim: StrategyAim | None) -> QuerySet[StrategyAim]:
    """What an aim can feed: every other one."""
    rows = StrategyAim.objects.present().filter(program=program)
    return rows.exclude(pk=aim.pk) if aim else rows
