"""One figure of a report in words: its name, its number with the unit, its target."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from analytics.dashboards.group_past import past_of, range_of
from analytics.dashboards.words import month_label, reason, said, times
from analytics.kpis.definitions import definitions
from analytics.kpis.weeks import days_of_month
from core.kit.charts import ChartTarget
from core.kit.templatetags.ui import NOTHING


def line_of_target(value: Decimal | None, label: str, figure: dict[str, Any], months: list[str]) -> ChartTarget | None:
    """Over the months that it counts for: a phase's own target from its start. Reports of before keep no such day."""
    since = figure.get("target_since")
    first = sum(month < since for month in months) if since else 0
    return ChartTarget(value, label, first) if value and first < len(months) else None


def by_month(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """What stands below a picture of frozen months."""
    months = [date.fromisoformat(row["month"]) for row in rows]
    return {
        "over": _("Month"),
        "labels": tuple(month_label(month) for month in months),
        "days": tuple(days_of_month(month) for month in months),
    }


@dataclass(frozen=True)
class Figure:
    """One of the five figures."""

    label: str
    value: str
    unit: str
    target: str
    fact: str
    share: float | None
    target_share: float | None
    under: bool
    hidden: str
    is_open: bool = False  # at least so much: it may be all of them

    @property
    def said(self) -> str:
        """The number as it stands alone in a table, from where people copy it."""
        text = f"{self.value}{self.unit}"
        return f"≥\N{NO-BREAK SPACE}{text}" if self.is_open else text

    @property
    def in_words(self) -> tuple[str, str, str]:
        """The number with its unit, the target, what else is said of it."""
        return (self.said, self.target, self.fact)


def decimal_of(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def name_of_figure(kpi: str) -> str:
    return {
        "activity_rate": _("Active"),
        "people_times": _("Compared with the company"),
        "value_mix": _("Value"),
    }.get(kpi) or definitions()[kpi].name


def figure_of(row: dict[str, Any], k: int) -> Figure:
    kpi, value, target = row["kpi"], decimal_of(row["value"]), decimal_of(row["target"])
    shown, unit = shown_of(kpi, value)
    goal = "" if target is None else _("Target %(value)s") % {"value": "".join(shown_of(kpi, target))}
    found = past_of(row.get("usual"))  # reports of before do not know
    fact = ""
    if row["is_floor"]:
        fact = _("at least")
    elif row.get("few"):
        fact = _("too few posts to tell")
    elif value is not None and found is not None and kpi in ("impressions", "interactions"):
        fact = _("before %(range)s") % {"range": range_of(kpi, found)}
    hidden = reason(row["state"], k) if row["state"] not in ("shown", "none") else ""
    share = target_share = None
    if value is not None and target is not None:  # a bar without its target would look like progress
        full = (
            Decimal(1) if kpi in ("activity_rate", "value_mix") else max(value, target) * Decimal("1.2") or Decimal(1)
        )
        share = float(min(value / full, Decimal(1)) * 100)
        target_share = float(min(target / full, Decimal(1)) * 100)
    under = value is not None and target is not None and value < target and not row["is_floor"]
    return Figure(name_of_figure(kpi), shown, unit, goal, fact, share, target_share, under, hidden, row["is_floor"])


def shown_of(kpi: str, value: Decimal | None) -> tuple[str, str]:
    """The number and its unit, apart."""
    if value is None:
        return NOTHING, ""
    if kpi == "people_times":
        return times(value), _("-fold")
    text = said(kpi, value)
    for space in ("\N{NO-BREAK SPACE}", " "):
        if space in text:
            shown, unit = text.split(space, 1)
            return shown, f"\N{NO-BREAK SPACE}{unit}"
    return (text[:-1], "%") if text.endswith("%") else (text, "")
