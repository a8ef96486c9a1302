"""Figures for the home pages and the newsletter, in one or two queries each."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from analytics.dashboards import beside_company, charts, group_past, own, sentences
from analytics.dashboards.charts import Scene
from analytics.dashboards.queries import since
from analytics.kpis.queries import board, targets_of
from analytics.metrics.models import Metric
from core.kit import page_cache
from core.kit.charts import Chart, ChartKind
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

SHOWN = group_past.MONTHS + 1  # so that the newest has as many before it, also where the last one is not over
HOME_KPIS = ("engagement_rate", "impressions", "interactions", "activity_rate", "value_mix", "members_active")


def home_findings(program: Program) -> list[Chart]:
    """The two charts of the program manager's home: people against company, and impressions. Empty while nothing
    is published; the same for everybody, so they are made once per publication and language."""
    return page_cache.taken(f"cells:{program.pk}", "home-charts", lambda: _home_findings(program))


def _home_findings(program: Program) -> list[Chart]:
    cells = board(program, since=since(SHOWN), weekly=["engagement_rate"], kpis=HOME_KPIS)
    scene = Scene(program, cells, targets_of(program), months=6)
    duel, reach = beside_company.duel(scene), charts.impressions(scene)
    found = [duel and replace(duel, size="m", id="home-duel"), reach and replace(reach, id="home-impressions")]
    return [chart for chart in found if chart]


def my_last_weeks(user: "User", program: Program) -> Chart | None:
    """The small curve of the own home: the last six weeks of the own imports. One query. None without an import."""
    chart = own.impressions_chart(own.Own(weeks=own.weeks_of(user, program, 6, Metric.IMPRESSIONS)))
    return replace(chart, id="home-mine", kind=ChartKind.SPARK, size="s") if chart else None


def successes_of(program: Program, on: date) -> list[str]:
    """Up to three sentences with what went well, from published cells up to a day. Two queries."""
    scene = Scene(program, board(program, since=since(SHOWN, on), until=on, kpis=HOME_KPIS), targets_of(program))
    found: list[str] = []
    known = beside_company.every_times(scene)
    if known and known[-1][1] > 1:
        found.append(sentences.duel(*known[-1], group_past.before_month(known, known[-1][0])))
    for kpi in ("impressions", "interactions"):
        points = scene.shown(kpi)
        before = group_past.before(kpi, scene.line(kpi), points[-1]) if points else None
        if before and (value := points[-1].value) and value >= before.middle:
            found.append(sentences.sum_beside(kpi, points[-1].start_on, value, before))
    points = scene.shown("value_mix")
    target = scene.targets.get("value_mix")
    if points and points[-1].value and target and points[-1].value >= target:
        found.append(sentences.mix(points[-1].start_on, points[-1].value, target, at_least=points[-1].is_floor))
    return found[:3]
