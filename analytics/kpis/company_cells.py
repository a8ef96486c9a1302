"""Figures of the company's own account, and people's profiles beside it."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from analytics.kpis.book import Key
from analytics.kpis.contributions import ByMetric, common_formula
from analytics.kpis.formulas import index, ratio
from analytics.kpis.publish import Released
from analytics.kpis.weeks import weeks_of
from analytics.metrics.models import Metric
from core.disclosure.publication import TOTAL


def company_cells(
    company: Mapping[date, ByMetric], weeks: list[date], months: list[date], *, series: str
) -> dict[Key, Released]:
    """The company account's own figures: no person stands behind them."""
    found: dict[Key, Released] = {}
    spans = [("week", week, [week]) for week in weeks] + [("month", month, weeks_of(month)) for month in months]
    for period, start, within in spans:
        known = [company[week] for week in within if week in company]
        seen = [figures[Metric.IMPRESSIONS] for figures in known if Metric.IMPRESSIONS in figures]
        answers = [answer for figures in known if (answer := common_formula(figures)) is not None]
        above, below = Decimal(sum(answers)), Decimal(sum(seen))
        if seen:
            found |= _company("impressions", series, period, start, below, below, None)
        if answers:
            found |= _company("interactions", series, period, start, above, above, None)
        if seen and answers and below > 0:
            found |= _company("engagement_rate", series, period, start, ratio(above, below), above, below)
    return found


def _company(
    kpi: str, series: str, period: str, start: date, value: Decimal | None, above: Decimal, below: Decimal | None
) -> dict[Key, Released]:
    return {(kpi, series, None, period, start): Released(kpi, period, TOTAL, start, "shown", value, above, below, None)}


def index_cells(wanted: dict[Key, Released]) -> dict[Key, Released]:
    """People's profiles against the company account in the same week or month: 100 is level. Posts the company paid for
    are left out where a network tells them apart.

    Worked out from released cells alone, so it tells nothing they do not.
    """
    rates = {key: row for key, row in wanted.items() if key[0] == "engagement_rate"}
    beside = {key[3:]: row.value for key, row in rates.items() if key[1] == "company"}
    beside |= {key[3:]: row.value for key, row in rates.items() if key[1] == "organic"}
    found: dict[Key, Released] = {}
    for (_kpi, series, generation, period, start), row in rates.items():
        base = beside.get((period, start))
        if not base or series not in ("people", "company"):
            continue
        value = index(row.above or Decimal(0), row.below or Decimal(0), base) if row.state == "shown" else None
        state = row.state if value is not None or row.state != "shown" else "too_few"
        people = row.people if state == "shown" else None
        found["people_vs_company", series, generation, period, start] = Released(
            "people_vs_company", period, row.group, start, state, value, None, None, people
        )
    return found
