"""Growth is told without the followers of the start: a month less its first week was of those who came later."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from analytics.kpis import jobs
from analytics.kpis.catalogue import with_numbers
from analytics.kpis.definitions import definitions
from analytics.kpis.models import Cell
from analytics.kpis.weeks import weeks_of
from analytics.metrics.models import Metric
from tests.analytics.kpis.test_potential import MONTH, calm, people, stands
from tests.analytics.kpis.test_publish import TODAY, WEEKS
from tests.factories import kpis as make

__all__ = ["calm"]
OF_ONE = 4321


def test_who_has_figures_from_the_second_week_on_is_not_read_out(calm: Any) -> None:
    first, later = weeks_of(MONTH)[0], weeks_of(MONTH)[-1] + timedelta(weeks=2, days=6)
    for place, account in enumerate(people(calm, 20)):
        known = [week for week in WEEKS if week > first or (week == first and place)]
        make.make_figures(account, {week: {Metric.FOLLOWERS_NEW: 10 + place} for week in known})
        weeks = len([week for week in WEEKS if week > first])
        stands(account, OF_ONE + (10 + place) * weeks, later)
    jobs.publish(calm.program, TODAY)
    cells = Cell.objects.filter(program=calm.program, kpi="network_growth", generation=None, state="shown")
    month, week = cells.get(period="month", start_on=MONTH), cells.get(period="week", start_on=first)
    assert month.numerator > week.numerator
    assert (month.denominator, week.denominator) == (None, None)
    start = {cell: cell.numerator / cell.value for cell in (month, week)}
    assert abs(start[month] - start[week] - OF_ONE) > 500, "nor worked out again from what is said"
    assert not cells.exclude(denominator=None).exists()
    assert all(cell.value == round(cell.value, 3) for cell in cells)


def test_the_formula_is_shown_without_numbers() -> None:
    assert with_numbers(definitions()["network_growth"], Decimal(20), None, "1.2 %", str) == ""
    assert with_numbers(definitions()["dialog_rate"], Decimal(2), Decimal(10), "20 %", str) == "2 ÷ 10 = 20 %"
    assert with_numbers(definitions()["impressions"], Decimal(2), None, "2", str) == "2"
