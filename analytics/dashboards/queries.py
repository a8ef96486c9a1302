"""What is selected for the pages of figures: published cells, the same for everybody."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from analytics.annotations.queries import written_notes
from analytics.dashboards.charts import Scene
from analytics.dashboards.company_sum import summed_accounts
from analytics.dashboards.period import Stretch, last_day, months_back
from analytics.kpis.queries import board, targets_for
from core.kit import page_cache
from programs.checklists.queries import generations_of, phases_with_progress
from programs.generations.models import Generation
from programs.membership.models import Program
from programs.phases.models import Milestone, PhaseState
from programs.phases.queries import milestones_of

A_YEAR = 12  # months


def since(months: int, today: date | None = None) -> date:
    """The first day of the months that are shown, and the month before for comparison."""
    today = today or timezone.localdate()
    return (today.replace(day=1) - timedelta(days=31 * (months + 1))).replace(day=1)


def scene_of(
    program: Program,
    *,
    months: int = 6,
    generation: str = "",
    today: date | None = None,
    stretch: Stretch | None = None,
) -> Scene:
    """The dashboard's figures, with those of the year before. Four queries, however many people there are."""
    stretch = stretch or Stretch(str(months), months)
    generations: list[Generation] = list(generations_of(program))
    phases = phases_with_progress(program)
    chosen = next((each for each in generations if str(each.pk) == generation), None)
    active = next((each for each in reversed(phases) if each.state == PhaseState.ACTIVE), None)
    targets, whose = targets_for(program, generation=chosen, phase=active)
    return Scene(
        program=program,
        board=board(
            program,
            since=months_back(stretch.first, A_YEAR) if stretch.first else since(stretch.months + A_YEAR, today),
            until=last_day(stretch.last) if stretch.last else None,
            weekly=["engagement_rate"],
        ),
        targets=targets,
        whose=whose,
        months=stretch.months,
        first=stretch.first,
        last=last_day(stretch.last) if stretch.last else None,
        shown_from=stretch.first or since(stretch.months, today),
        generation=chosen,
        phases=phases,
        generations=generations,
        dates=dates_of(program),
        summed=summed_accounts(program),
        notes=written_notes(program),
        method_url=reverse("analytics:targets", args=[program.slug]),
    )


def dates_of(program: Program) -> list[tuple[date, str]]:
    """Events and milestones of the timeline, which everybody in the program reads, up to today."""

    def look() -> list[tuple[date, str]]:
        rows = milestones_of(program).exclude(kind=Milestone.Kind.REVIEW).filter(on__lte=timezone.localdate())
        return [(row.on, str(row.title)) for row in rows]

    return page_cache.taken(f"program:{program.pk}", "dates-past", look)
