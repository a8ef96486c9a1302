"""A quarter from its published months: what adds up is added, shares are worked out from their published parts, and of
what cannot be added (people who are in several months, averages) it is said so."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from analytics.dashboards.charts import Scene
from analytics.dashboards.words import month_and_year, said
from analytics.kpis.definitions import definitions
from analytics.kpis.formulas import FORMULAS, ratio
from analytics.kpis.queries import Point
from analytics.reports.bringing import ANOTHER_GROUP
from analytics.reports.further import GroupsBeside
from analytics.scorecard.quarters import months_of, quarter_before, quarter_of, quarter_said
from core.kit.templatetags.ui import NOTHING

SUMMED = (
    "impressions", "interactions", "engagement_rate", "dialog_rate", "value_mix", "activity_rate", "posts_per_active",
    "time_budget",
)  # fmt: skip
HIDDEN, APART, OPEN = "hidden", "apart", "open"


def quarter_then(scene: Scene, month: date) -> dict[str, Any]:
    """The quarter that the month lies in, the one before and the one a year before; up to that month in each."""
    quarter = quarter_of(month)
    count = months_of(quarter).index(month) + 1
    stretches = {
        "now": months_of(quarter)[:count],
        "quarter": months_of(quarter_before(quarter))[:count],
        "year": months_of(quarter.replace(year=quarter.year - 1))[:count],
    }
    rows = []
    for kpi in SUMMED:
        line = {point.start_on: point for point in scene.board.line(kpi)}
        found = {name: [line.get(each) for each in months] for name, months in stretches.items()}
        if not any(found["now"]):
            continue
        now = _added(kpi, found["now"])
        row: dict[str, Any] = {"kpi": kpi, "now": now}
        for name in ("quarter", "year"):
            then = _added(kpi, found[name])
            plain = kpi in FORMULAS and not FORMULAS[kpi].divides
            if plain and now["value"] and then["value"] and not _same_people(found["now"], found[name]):
                then = {"state": ANOTHER_GROUP, "value": None}
            row[name] = then
        rows.append(row)
    return {"start": quarter.isoformat(), "months": count, "rows": rows}


def _added(kpi: str, points: Sequence[Point | None]) -> dict[str, Any]:
    """The months in one number, or why there is none. A month that is missing makes no smaller sum."""
    known = [point for point in points if point is not None and point.is_shown and point.value is not None]
    if len(known) < len(points):
        is_hidden = any(point is not None and not point.is_shown for point in points)
        return {"state": HIDDEN if is_hidden else OPEN, "value": None}
    formula = FORMULAS.get(kpi)
    if formula is None or any(point.is_floor for point in known):
        return {"state": APART, "value": None}
    if not formula.divides:
        return {"state": "shown", "value": str(sum((point.value or Decimal(0) for point in known), Decimal(0)))}
    parts = [(point.above, point.below) for point in known]
    if formula.tells_people or any(above is None or below is None for above, below in parts):
        return {"state": APART, "value": None}
    above, below = (sum((part[place] or Decimal(0) for part in parts), Decimal(0)) for place in (0, 1))
    value = ratio(above, below)
    return {"state": OPEN, "value": None} if value is None else {"state": "shown", "value": str(value)}


def _same_people(now: Sequence[Point | None], then: Sequence[Point | None]) -> bool:
    """A sum is compared with one of about as many people, month by month."""
    return all(a is not None and b is not None and a.is_comparable(b) for a, b in zip(now, then, strict=True))


def quarter_shown(data: dict[str, Any]) -> GroupsBeside | None:
    """Nothing in older reports."""
    told = data.get("quarter_sum")
    if not told or not told["rows"]:
        return None
    start = date.fromisoformat(told["start"])
    name = quarter_said(start)
    months = months_of(start)[: told["months"]]
    if told["months"] < 3:
        title = _("%(quarter)s so far, up to %(month)s") % {"quarter": name, "month": month_and_year(months[-1])}
    else:
        title = _("%(quarter)s, summed up") % {"quarter": name}
    header = [_("Figure"), name, _("The quarter before"), _("A year before")]
    rows = [
        [definitions()[row["kpi"]].name, *(_said(row["kpi"], row[each]) for each in ("now", "quarter", "year"))]
        for row in told["rows"]
    ]
    return GroupsBeside(title, header, rows)


def _said(kpi: str, cell: dict[str, Any]) -> str:
    if cell["value"] is not None:
        return said(kpi, Decimal(cell["value"]))
    return {
        HIDDEN: _("a month of it is hidden"),
        ANOTHER_GROUP: _("not comparable: another number of people"),
        APART: _("cannot be added: the same people are in several months"),
    }.get(cell["state"], NOTHING)
