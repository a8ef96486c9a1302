"""Applications, hires, leads and visits that came by way of the program: whole months, in steps of five.

Those counted are people outside the program, or come from them. Weeks are stored and never told: a month less its told
weeks would tell the week that is hidden, and one week of a small program is one person.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from analytics.kpis.publish import Released
from analytics.kpis.weeks import weeks_of
from analytics.metrics.models import RECORDED, Grain, Metric, Reading, Segment
from core.disclosure import gate
from core.disclosure.publication import TOTAL
from programs.membership.models import Program

Weekly = dict[tuple[int, date], int]


def recorded(program: Program, weeks: list[date]) -> Weekly:
    """What the lists of HR, sales and the website say of each week. One query."""
    rows = Reading.objects.filter(
        program=program,
        post=None,
        metric__in=RECORDED,
        segment=Segment.PROGRAM,
        grain=Grain.WINDOW,
        period_start__gte=weeks[0],
        period_start__lte=weeks[-1],
    )
    return {(metric, week): value for metric, week, value in rows.values_list("metric", "period_start", "value")}


def record_cells(weekly: Weekly, months: list[date], *, k: int) -> Iterator[Released]:
    """A month is told when each of its weeks is known."""
    for metric in RECORDED:
        kpi = Metric(metric).name.lower()
        for month in months:
            known = [weekly.get((metric, week)) for week in weeks_of(month)]
            if None in known:
                continue
            said = gate.people(sum(number or 0 for number in known), k=k)
            if said.low < k:
                yield Released(kpi, "month", TOTAL, month, "too_few")
            else:
                low = Decimal(said.low)
                yield Released(kpi, "month", TOTAL, month, "shown", low, is_floor=True)
