"""What is usual for a group: the middle and the range of its own months before. From published cells alone, so it tells
nothing that they do not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median
from typing import Any

from django.utils.translation import gettext as _

from analytics.dashboards.period import months_back
from analytics.dashboards.words import drawn, said, times
from analytics.kpis.formulas import FORMULAS, SIX
from analytics.kpis.queries import Point
from core.kit.charts import ChartBand, ChartSpan

MONTHS = 6  # so far back it is asked what is usual
LEAST = 3  # of fewer months nobody can say what is usual
FEW = 30  # interactions: by chance alone, thirty may as well be twenty or forty
FEW_POSTS = 20
TIMES = "people_times"  # how many times the company's response people get: made of two published figures


@dataclass(frozen=True)
class GroupPast:
    """Of the months before: the lowest, the middle and the highest, and by how much they differ from the middle."""

    low: Decimal
    middle: Decimal
    high: Decimal
    swing: Decimal | None  # as a share of the middle; half of the months differ by less
    months: int

    def place_of(self, value: Decimal) -> int:
        """Above every month before (1), below every one (-1), or among them."""
        return (value > self.high) - (value < self.low)

    @property
    def as_data(self) -> dict[str, Any]:
        """As a report keeps it."""
        swing = None if self.swing is None else str(self.swing)
        return {
            "low": str(self.low),
            "middle": str(self.middle),
            "high": str(self.high),
            "swing": swing,
            "months": self.months,
        }


def past_of(data: dict[str, Any] | None) -> GroupPast | None:
    if data is None:
        return None
    swing = None if data["swing"] is None else Decimal(data["swing"])
    return GroupPast(Decimal(data["low"]), Decimal(data["middle"]), Decimal(data["high"]), swing, data["months"])


def of_values(values: Sequence[Decimal]) -> GroupPast | None:
    """Of some months; None where they are too few to say."""
    if len(values) < LEAST:
        return None
    middle = Decimal(median(values)).quantize(SIX)
    swing = Decimal(median(abs(value - middle) for value in values)) / middle if middle > 0 else None
    return GroupPast(min(values), middle, max(values), None if swing is None else swing.quantize(SIX), len(values))


def before(kpi: str, line: Iterable[Point], now: Point) -> GroupPast | None:
    """What was usual before that month. Sums of another number of people are left out, as is what was only said to be
    at least so much."""
    is_sum = kpi in FORMULAS and not FORMULAS[kpi].divides
    first = months_back(now.start_on, MONTHS)
    return of_values(
        [
            point.value
            for point in line
            if first <= point.start_on < now.start_on
            and point.is_shown
            and point.value is not None
            and not point.is_floor
            and (not is_sum or now.is_comparable(point))
        ]
    )


def before_month(values: Iterable[tuple[date, Decimal]], month: date) -> GroupPast | None:
    """The same of plain values by month."""
    first = months_back(month, MONTHS)
    return of_values([value for start, value in values if first <= start < month])


def band_of(kpi: str, found: Sequence[GroupPast | None]) -> ChartBand | None:
    """What was usual before each month, as a column of the table and a band of the picture."""
    if not any(found):
        return None
    spans = tuple(None if each is None else _span(kpi, each) for each in found)
    names = (_("Lowest of the months before"), _("Middle of the months before"), _("Highest of the months before"))
    return ChartBand(_("Months before: middle (range)"), names, spans)


def _span(kpi: str, found: GroupPast) -> ChartSpan:
    low, middle, high = (_drawn(kpi, value) for value in (found.low, found.middle, found.high))
    return ChartSpan(low, middle, high, in_words(kpi, found))


def in_words(kpi: str, found: GroupPast) -> str:
    """48K (41K–62K)"""
    return f"{_said(kpi, found.middle)} ({range_of(kpi, found)})"


def range_of(kpi: str, found: GroupPast) -> str:
    low, high = _said(kpi, found.low), _said(kpi, found.high)
    return low if low == high else f"{low}\N{EN DASH}{high}"


def _said(kpi: str, value: Decimal) -> str:
    return times(value) if kpi == TIMES else said(kpi, value)


def _drawn(kpi: str, value: Decimal) -> Decimal:
    return round(value, 2) if kpi == TIMES else drawn(kpi, value) or Decimal(0)
