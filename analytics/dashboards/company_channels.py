"""The company's own accounts beside each other: on which network its posts are seen. No persons' figures.

People's networks are told to nobody, not even added up (`docs/architecture.md`, decisions).
"""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from django.utils.html import format_html
from django.utils.translation import gettext as _

from analytics.kpis.weeks import days_of_week
from analytics.metrics.words import week_label
from core.kit.charts import Chart, ChartCell, ChartKind, series_of
from core.kit.templatetags.ui import day, number, percent

MOST_LINES = 5
SeenByWeek = Mapping[date, int]


def channels_chart(seen: Mapping[int, SeenByWeek], names: Mapping[int, str]) -> Chart | None:
    """How often posts of each account were shown, week by week; with one account there is nothing beside it."""
    totals = {account: sum(weeks.values()) for account, weeks in seen.items()}
    most = sorted(totals, key=lambda account: (-totals[account], account))[:MOST_LINES]
    whole = sum(totals.values())
    if len(most) < 2 or not whole:
        return None
    weeks = sorted({week for account in most for week in seen[account]})
    cells = [[_cell(seen[account].get(week)) for account in most] for week in weeks]
    return Chart(
        id="company-channels",
        kind=ChartKind.LINES if len(weeks) > 1 else ChartKind.BARS,
        size="m",
        sentence=format_html(
            _("<em>{share}</em> of the company accounts’ impressions came from {name}."),
            share=percent(Decimal(totals[most[0]]) / whole),
            name=names[most[0]],
        ),
        what=_("Impressions of the company accounts per week"),
        caveat=_("Paid ones are included where a network counts them in."),
        over=_("Week"),
        labels=tuple(week_label(week) for week in weeks),
        days=tuple(days_of_week(week) for week in weeks),
        series=series_of([names[account] for account in most], cells),
        source=_("Company accounts, up to %(day)s") % {"day": day(weeks[-1] + timedelta(days=6))},
        quality="imported",
    )


def _cell(value: int | None) -> ChartCell:
    return ChartCell() if value is None else ChartCell(value, number(value))
