"""What is selected for the pages of figures: published cells, the same for everybody."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from analytics.dashboards.charts import Scene
from analytics.kpis.queries import board, targets_for
from programs.checklists.queries import generations_of, phases_with_progress
from programs.generations.models import Generation
from programs.membership.models import Program
from programs.phases.models import PhaseState

PERIODS = (3, 6, 12)


def since(months: int, today: date | None = None) -> date:
    """The first day of the months that are shown, and the month before for comparison."""
    today = today or timezone.localdate()
    return (today.replace(day=1) - timedelta(days=31 * (months + 1))).replace(day=1)


def scene_of(program: Program, *, months: int = 6, generation: str = "", today: date | None = None) -> Scene:
    """The dashboard's figures. Four queries, however many people there are."""
    generations: list[Generation] = list(generations_of(program))
    phases = phases_with_progress(program)
    chosen = next((each for each in generations if str(each.pk) == generation), None)
    active = next((each for each in reversed(phases) if each.state == PhaseState.ACTIVE), None)
    targets, whose = targets_for(program, generation=chosen, phase=active)
    return Scene(
        program=program,
        board=board(program, since=since(months, today), weekly=["engagement_rate"]),
        targets=targets,
        whose=whose,
        months=months,
        generation=chosen,
        phases=phases,
        generations=generations,
        method_url=reverse("analytics:targets", args=[program.slug]),
    )
