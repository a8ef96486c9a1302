"""What the dashboard shows of published cells: the same for everybody who may read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from analytics.annotations.numbered import WrittenNote
from analytics.dashboards import beside_company, charts, company, findings, queries
from analytics.dashboards.charts import Generations, Scene
from analytics.dashboards.period import Stretch
from analytics.dashboards.year_before import before_charts
from analytics.metrics.hooks import READINGS
from core.kit import page_cache
from core.kit.charts import Chart
from programs.membership.models import Program
from programs.phases.models import Phase


@dataclass(frozen=True)
class DashboardFigures:
    is_empty: bool
    duel: Chart | None
    rows: list[list[Chart]]
    paid: Chart | None
    before: list[Chart]
    generations: Generations | None
    groups: list[tuple[str, str]]  # the generations to choose from, by number and name
    chosen: int | None
    begun: list[Phase]
    items: tuple[int, int]
    months: int
    within_days: tuple[date, date] | None
    notes: Sequence[WrittenNote]  # of the time line, that the charts are marked with


def dashboard_figures(program: Program, stretch: Stretch, generation: str) -> DashboardFigures:
    """Of the usual periods and all generations it is kept until a cell, a target or something in the program changes;
    what somebody puts together for themselves is worked out each time."""

    def make() -> DashboardFigures:
        return _figures(queries.scene_of(program, stretch=stretch, generation=generation))

    if generation or stretch.is_free:
        return make()
    name = f"dashboard:{stretch.key}:{timezone.localdate()}"
    return page_cache.taken((f"cells:{program.pk}", f"program:{program.pk}"), name, make)


def company_charts(shown: DashboardFigures, program: Program) -> list[Chart]:
    """Of the company's own accounts: no publication stands before them, so they are kept until a figure changes."""
    if shown.chosen:
        return []
    paid = [shown.paid] if shown.paid else []
    if shown.within_days:
        return [*paid, *company.charts_of(program, shown.months, shown.within_days)]
    name = f"company:{shown.months}:{timezone.localdate()}"
    subjects = (READINGS % program.pk, f"program:{program.pk}")
    return [*paid, *page_cache.taken(subjects, name, lambda: company.charts_of(program, shown.months))]


def _figures(scene: Scene) -> DashboardFigures:
    return DashboardFigures(
        is_empty=scene.board.is_empty,
        duel=beside_company.duel(scene),
        rows=findings.rows_of(scene),
        paid=beside_company.paid_chart(scene),
        before=before_charts(scene),
        generations=None if scene.chosen else charts.generations(scene),
        groups=[(str(each.pk), each.name) for each in scene.generations],
        chosen=scene.chosen,
        begun=scene.begun,
        items=scene.items,
        months=scene.months,
        within_days=scene.within_days,
        notes=scene.notes,
    )
