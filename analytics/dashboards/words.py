"""Numbers, months and reasons in the reader's language: the small words of figures."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from analytics.kpis.definitions import definitions
from analytics.kpis.queries import Point
from core.kit import cldr
from core.kit.templatetags.ui import NOTHING, compact, minutes, number, percent

PLACES = {"engagement_rate": 1, "network_growth": 1, "dialog_rate": 0}


def month_name(month: date) -> str:
    """October, Oktober."""
    return cldr.written(month, "month_name")


def month_and_year(month: date) -> str:
    return cldr.written(month, "month")


def month_label(month: date) -> str:
    """Oct, Okt. without the point: what stands under a bar."""
    return cldr.month_short(month)


def said(kpi: str, value: Decimal | None) -> str:
    """A figure as people read it: 82 %, 1,240, 45 min."""
    if value is None:
        return NOTHING
    unit = definitions()[kpi].unit
    if unit == "ratio":
        return percent(value, PLACES.get(kpi, 0))
    if unit == "minutes":
        return minutes(value)
    if unit == "index":
        return number(value, 0)
    return compact(value) if value >= 10_000 else number(value, 1 if kpi == "posts_per_active" else 0)


def said_point(kpi: str, point: Point) -> str:
    """The same for a published cell; a share of all but a few is only said to be at least so much."""
    if point.is_floor:
        return f"≥\N{NO-BREAK SPACE}{said(kpi, point.value)}"
    return said(kpi, point.value)


def drawn(kpi: str, value: Decimal | None) -> Decimal | None:
    """The plain number a chart is drawn from; shares in percent."""
    if value is None:
        return None
    return round(value * 100 if definitions()[kpi].unit == "ratio" else value, 2)


def reason(state: str, k: int) -> str:
    """Why a cell is hidden, for people."""
    few = _("Fewer than %(k)s people have a figure here, or it would tell too much about one or two.") % {"k": k}
    reasons = {
        "too_few": few,
        "protects": _("Hidden so that no other hidden figure can be worked out."),
        "changed": _("The group changed by fewer than %(k)s people.") % {"k": k},
        "dominated": few,
    }
    return reasons.get(state, "")


def times(value: Decimal) -> str:
    """2.3, as in 2.3 times."""
    return number(value, 1)
