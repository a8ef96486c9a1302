"""Figures of the company's own account, and people's profiles beside it."""

from datetime import date
from decimal import Decimal

from analytics.kpis.book import Key
from analytics.kpis.contributions import ByMetric, common_formula
from analytics.kpis.formulas import index, ratio
from analytics.kpis.publish import Released
from analytics.kpis.weeks import weeks_of
from analytics.metrics.models import Metric
from core.disclosure.publication import TOTAL


def company_cells(company: dict[date, ByMetric], weeks: list[date], months: list[date]) -> dict[Key, Released]:
    """The company account's own figures: no person stands behind them."""
    found: dict[Key, Released] = {}
    spans = [("week", week, [week]) for week in weeks] + [("month", month, weeks_of(month)) for month in months]
    for period, start, within in spans:
        known = [company[week] for week in within if week in company]
        seen = [figures[Metric.IMPRESSIONS] for figures in known if Metric.IMPRESSIONS in figures]
        answers = [answer for figures in known if (answer := common_formula(figures)) is not None]
        above, below = Decimal(sum(answers)), Decimal(sum(seen))
        if seen:
            found |= _company("impressions", period, start, below, below, None)
        if answers:
            found |= _company("interactions", period, start, above, above, None)
        if seen and answers and below > 0:
            found |= _company("engagement_rate", period, start, ratio(above, below), above, below)
    return found


def _company(
    kpi: str, period: str, start: date, value: Decimal | None, above: Decimal, below: Decimal | None
) -> dict[Key, Released]:
    return {
        (kpi, "company", None, period, start): Released(kpi, period, TOTAL, start, "shown", value, above, below, None)
    }


def index_cells(wanted: dict[Key, Released]) -> dict[Key, Released]:
    """People's profiles against the company account, both as an index of its first week in view.

    Worked out from released cells alone, so it tells nothing they do not.
    """
    found: dict[Key, Released] = {}
    for period in ("week", "month"):
        company = {
            key[4]: row
            for key, row in wanted.items()
            if key[0] == "engagement_rate" and key[1] == "company" and key[3] == period and row.value
        }
        if not company:
            continue
        base = company[min(company)].value
        for key, row in wanted.items():
            kpi, series, generation, where, start = key
            if kpi != "engagement_rate" or where != period:
                continue
            value = index(row.above or Decimal(0), row.below or Decimal(0), base) if row.state == "shown" else None
            state = row.state if value is not None or row.state != "shown" else "too_few"
            people = row.people if state == "shown" else None
            found["people_vs_company", series, generation, where, start] = Released(
                "people_vs_company", period, row.group, start, state, value, None, None, people
            )
    return found
