"""What as many impressions would have cost as advertising: figure 19 of the catalogue, off by default.

A rough equivalent and no value: it is shown on its own page with price and currency, and nowhere else.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from analytics.dashboards import words
from analytics.dashboards.shown import MONTHS, ShownMonth
from analytics.kpis import queries
from analytics.kpis.cost import THOUSAND, money
from analytics.kpis.models_cost import EquivalentPrice
from analytics.kpis.queries import Point
from core.kit.templatetags.ui import number
from programs.charter.queries import currency_of
from programs.membership.models import Program

KEY = "media_value"


@dataclass(frozen=True)
class Equivalent:
    """What the page of the figure says: the price, where it is on, and the months."""

    price: str
    months: list[ShownMonth]


def equivalent_of(program: Program, *, since: date) -> Equivalent:
    """Of published impressions alone. One query where it is off, two where it is on."""
    price = EquivalentPrice.objects.filter(program=program, is_shown=True).first()
    if price is None or price.per_thousand is None:
        return Equivalent("", [])
    currency = currency_of(program)
    points = queries.board(program, since=since, kpis=["impressions"]).line("impressions")

    def shown(point: Point) -> ShownMonth:
        name = words.month_and_year(point.start_on)
        if not point.is_shown or point.value is None or price.per_thousand is None:
            return ShownMonth(name, "", "", words.reason(point.state, program.shown_from))
        told = f"{number(point.value)} ÷ {number(THOUSAND)} × {money(price.per_thousand, currency, 2)}"
        return ShownMonth(name, money(point.value / THOUSAND * price.per_thousand, currency), told, "")

    said = _("%(price)s per 1,000 impressions") % {"price": money(price.per_thousand, currency, 2)}
    return Equivalent(said, [shown(point) for point in reversed(points[-MONTHS:])])
