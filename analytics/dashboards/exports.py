"""What can be downloaded: published cells for everybody who sees them, own figures for oneself."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from analytics.annotations.numbered import WrittenNote, numbered
from analytics.dashboards import certainty
from analytics.dashboards.own import Own
from analytics.dashboards.words import reason
from analytics.kpis.contributions import common_formula
from analytics.kpis.definitions import definitions
from analytics.kpis.queries import Board
from analytics.metrics.models import Metric
from analytics.metrics.posts_shown import watched_minutes
from analytics.metrics.words import week_label
from core.kit.chart_pictures import TYPES, picture_file
from core.kit.charts import Chart, ChartNote
from core.kit.exports import download
from programs.generations.models import Generation
from programs.membership.models import Program

#: In their order.
SERIES: dict[str, Promise | str] = {
    "people": "",
    "company": gettext_lazy("Company account"),
    "organic": gettext_lazy("Company account, without paid posts"),
    "paid": gettext_lazy("Company account, paid posts"),
}
COUNTED = ("interactions", "engagement_rate", "people_vs_company")  # by people's networks and the company's in two ways


def with_file(
    chart: Chart | None,
    address: str,
    query: Mapping[str, str] | None = None,
    *,
    notes: Iterable[ChartNote] = (),
) -> Chart | None:
    """The chart with the notes of its days, and the way to its own file."""
    if chart is None:
        return None
    own = f"{address}?{urlencode({**(query or {}), 'figure': chart.id})}"
    return replace(chart.noted(notes), download_url=own, picture_url=f"{own}&format=")


def file_of(
    charts: Sequence[Chart | None], name: str, form: str | None, program: Program, notes: Iterable[WrittenNote] = ()
) -> HttpResponse:
    """What the table beside a chart says, or the chart as a picture; 404 for a chart that is not there."""
    chart = next((chart for chart in charts if chart is not None and chart.id == name), None)
    if chart is None:
        raise Http404
    chart = chart.noted(numbered(notes, charts))
    if form in TYPES:
        return picture_file(chart, form, f"{program.slug}-{chart.id}")
    return download(chart.table(f"{program.slug}-{chart.id}"), form)


def published_rows(
    board: Board, generations: Iterable[Generation], *, k: int, since: date = date.min
) -> Iterable[list[Any]]:
    """Every cell the pages show, hidden ones with their reason and without a value; in the order of the figures, all
    people before each generation and the company."""
    names = {generation.pk: generation.name for generation in generations}
    figures, groups = list(definitions()), list(names)

    def place(line: tuple[tuple[str, str, int | None, str], Any]) -> tuple[Any, ...]:
        (kpi, series, generation, period), _points = line
        group = groups.index(generation) if generation in names else -1
        return figures.index(kpi), list(SERIES).index(series), group, period

    for (kpi, series, generation, period), points in sorted(board.lines.items(), key=place):
        group = names.get(generation or 0, _("all")) if series == "people" else str(SERIES[series])
        counted = _note(kpi, series)
        for point in points:
            if point.start_on < since:
                continue
            yield [
                definitions()[kpi].name,
                group,
                _("Week") if period == "week" else _("Month"),
                point.start_on.isoformat(),
                point.value,
                point.above,
                point.below,
                _("at least") if point.is_floor else reason(point.state, k) or counted,
            ]


def _note(kpi: str, series: str) -> str:
    """What one has to know to read a shown figure."""
    if series == "people" and kpi in COUNTED:
        return certainty.how_counted()
    return _("numerator in minutes, rounded down") if kpi == "time_budget" else ""


def published_header() -> list[str]:
    return [
        _("Figure"),
        _("Group"),
        _("Period"),
        _("From"),
        _("Number"),
        _("Numerator"),
        _("Denominator"),
        _("Note"),
    ]


def own_header() -> list[str]:
    return [
        _("Kind"),
        _("Week or day"),
        _("Title"),
        _("Link"),
        _("Impressions"),
        _("Interactions"),
        _("People reached"),
        _("Saves"),
        _("Sends"),
        _("Profile views"),
        _("Video views"),
        _("Video viewers"),
        _("Watch time (minutes)"),
        _("New followers"),
        _("Note"),
    ]


def own_rows(own: Own) -> Iterable[list[Any]]:
    weeks = [(week, figures, "") for week, figures in own.weeks.items()]
    if own.running:
        weeks.append((own.running.monday, own.running.sums, own.running.note))
    for week, figures, note in weeks:
        told = [figures.get(Metric.IMPRESSIONS), common_formula(figures), None]
        told += [figures.get(metric) for metric in (Metric.SAVES, Metric.SENDS)]
        told += [None, figures.get(Metric.VIDEO_VIEWS), None, watched_minutes(figures.get(Metric.WATCH_SECONDS))]
        told.append(figures.get(Metric.FOLLOWERS_NEW))
        yield [_("Week"), week.isoformat(), week_label(week), "", *told, note]
    for post in own.posts:
        yield [_("Post"), *post_cells(post), None, ""]


def post_cells(post: Any) -> list[Any]:
    """Day, title, link and figures of an own post; what no file said is left empty."""
    parts = [post.reactions, post.comments, post.reposts]
    known = [part for part in parts if part is not None]
    answers = sum(known) if known else post.reported
    on = post.on.isoformat() if post.on else ""
    figures = [post.impressions, answers, post.reached, post.saves, post.sends, post.viewers, post.video]
    return [on, post.title, post.url, *figures, post.watchers, post.minutes]
