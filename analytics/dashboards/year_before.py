"""A period beside the same months a year before. Shares and averages only: sums would compare groups of other sizes."""

from datetime import date

from django.utils.translation import gettext as _

from analytics.dashboards.charts import Scene, cell, source
from analytics.dashboards.words import month_and_year, month_label, said_point
from analytics.kpis.definitions import definitions
from analytics.kpis.queries import Point
from analytics.kpis.weeks import days_of_month
from core.kit.charts import Chart, ChartKind, series_of

KPIS = ("engagement_rate", "activity_rate", "value_mix")


def before_charts(scene: Scene) -> list[Chart]:
    """One for each figure that has a month in both years."""
    return [chart for kpi in KPIS if (chart := _chart(scene, kpi))]


def _chart(scene: Scene, kpi: str) -> Chart | None:
    earlier = {point.start_on: point for point in scene.line(kpi)}
    pairs = [(point, earlier.get(_then(point.start_on))) for point in scene.recent(kpi)]
    both = [(now, then) for now, then in pairs if now.is_shown and then is not None and then.is_shown]
    if not both:
        return None
    k, about = scene.program.shown_from, definitions()[kpi]
    return Chart(
        id=f"year-before-{kpi.replace('_', '-')}",
        kind=ChartKind.LINES,
        size="s",
        sentence=_sentence(kpi, *both[-1]),
        what=_("%(figure)s, per month") % {"figure": about.name},
        over=_("Month"),
        labels=tuple(month_label(now.start_on) for now, _before in pairs),
        days=tuple(days_of_month(now.start_on) for now, _before in pairs),
        series=series_of(
            [_("This period"), _("A year before")], [[cell(kpi, now, k), cell(kpi, then, k)] for now, then in pairs]
        ),
        unit="%" if about.unit == "ratio" else "",
        source=source([now for now, _before in both]),
        quality=about.badge,
    )


def _then(month: date) -> date:
    return month.replace(year=month.year - 1)


def _sentence(kpi: str, now: Point, then: Point) -> str:
    words = {"month": month_and_year(now.start_on), "now": said_point(kpi, now), "then": said_point(kpi, then)}
    return _("%(month)s: %(now)s, a year before %(then)s.") % words
