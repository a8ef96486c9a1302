"""What goes into a program, what its goals show, how it was before: as a reader sees it, from the snapshot alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from analytics.dashboards.beside_cost import span
from analytics.dashboards.words import month_and_year, reason, said
from analytics.kpis.cost import THOUSAND, calculation, money
from analytics.kpis.definitions import definitions
from analytics.reports.bringing import ANOTHER_GROUP, MONTHS_BEFORE, months_before
from analytics.reports.figures import decimal_of, name_of_figure, shown_of
from core.kit.templatetags.ui import NOTHING, minutes, number


@dataclass(frozen=True)
class Input:
    """Something that goes in: a number and what it is of."""

    label: str
    value: str
    note: str
    is_cost: bool = False


@dataclass(frozen=True)
class GoalFigureShown:
    label: str
    value: str
    target: str
    hidden: str


@dataclass(frozen=True)
class GoalShown:
    """A goal of the program with the figures that show it; none where nobody has chosen any."""

    text: str
    figures: list[GoalFigureShown]


@dataclass(frozen=True)
class TimesBefore:
    """Rows of name, now, a quarter before, a year before."""

    header: list[str]
    rows: list[list[str]]


def inputs(data: dict[str, Any]) -> list[Input]:
    """Older reports know no cost; a number that is hidden is left out."""
    found = []
    if data["members"]:
        found.append(Input(_("People"), number(data["members"]), _("in the program")))
    if (spent := decimal_of(data["allowance"]["value"])) is not None:
        allowed = minutes(data["allowance"]["allowed"])
        found.append(
            Input(
                _("Time spent"), minutes(spent), _("per person and week, of %(allowed)s agreed") % {"allowed": allowed}
            )
        )
    if (spent := decimal_of(data["allowance"].get("minutes"))) is not None:
        month = month_and_year(date.fromisoformat(data["month"]))
        note = _("of working time logged in %(month)s, rounded down") % {"month": month}
        found.append(Input(_("Hours"), f"≥\N{NO-BREAK SPACE}{minutes(spent)}", note))
    if cost := data.get("cost"):
        found += _costs(cost, data["members"])
    return found


def _costs(cost: dict[str, Any], members: int | None) -> Iterator[Input]:
    """Spent so far, and by what it brought; older reports know the two sums alone."""
    spent, currency = Decimal(cost["actual"]), cost["currency"]
    planned = {"planned": money(Decimal(cost["planned"]), currency)}
    yield Input(_("Cost"), money(spent, currency), _("spent so far, of %(planned)s planned") % planned, True)
    if "impressions" not in cost or not spent:
        return
    if members:
        note = _("spent so far, divided by the people who take part now")
        yield Input(_("Cost per participant"), money(spent / members, currency), note, True)
    seen = decimal_of(cost["impressions"])
    if seen:
        since = {"month": month_and_year(date.fromisoformat(cost["since"]))}
        note = _("spent so far, divided by participants' impressions since %(month)s") % since
        yield Input(_("Cost per 1,000 impressions"), money(spent / seen * THOUSAND, currency, 2), note, True)
        if company := cost.get("company"):
            yield _beside(company)


def _beside(told: dict[str, Any]) -> Input:
    """What the company account took for as many impressions, with its formula."""
    amount, seen = Decimal(told["amount"]), Decimal(told["impressions"])
    since, until = (date.fromisoformat(told[name]) for name in ("since", "until"))
    note = _(
        "%(calculation)s, %(span)s, paid ones included. An impression does not say who saw a post, or what it brought."
    ) % {"calculation": calculation(amount, seen, told["currency"]), "span": span(since, until)}
    each = money(amount / seen * THOUSAND, told["currency"], 2)
    return Input(_("Company account: cost per 1,000 impressions"), each, note, True)


def goals(data: dict[str, Any]) -> list[GoalShown]:
    k = data["program"]["k"]
    return [GoalShown(goal["text"], [_figure(row, k) for row in goal["figures"]]) for goal in data.get("goals", [])]


def _figure(row: dict[str, Any], k: int) -> GoalFigureShown:
    kpi, target = row["kpi"], decimal_of(row["target"])
    goal = "" if target is None else _("Target %(value)s") % {"value": said(kpi, target)}
    hidden = reason(row["state"], k)
    return GoalFigureShown(definitions()[kpi].name, _said(kpi, row), goal, hidden)


def comparison(data: dict[str, Any]) -> TimesBefore | None:
    """A time of which nothing was known, not even hidden, has no column."""
    rows = data.get("before", [])
    known = {name: back for name, back in MONTHS_BEFORE.items() if any(row[name]["state"] != "none" for row in rows)}
    if not known:
        return None
    month, k = date.fromisoformat(data["month"]), data["program"]["k"]
    now = {row["kpi"]: row for row in data["five"]}
    header = [_("Figure"), month_and_year(month)]
    header += [month_and_year(months_before(month, back)) for back in known.values()]
    told = [
        [name_of_figure(row["kpi"]), _cell(row["kpi"], now[row["kpi"]], k)]
        + [_cell(row["kpi"], row[name], k) for name in known]
        for row in rows
    ]
    return TimesBefore(header, told)


def _cell(kpi: str, row: dict[str, Any], k: int) -> str:
    """The number, or why there is none."""
    if row["value"] is not None:
        return _said(kpi, row)
    if row["state"] == ANOTHER_GROUP:
        return _("not comparable: another number of people")
    return reason(row["state"], k) or NOTHING


def _said(kpi: str, row: dict[str, Any]) -> str:
    text = "".join(shown_of(kpi, decimal_of(row["value"])))
    return f"≥\N{NO-BREAK SPACE}{text}" if row["is_floor"] else text
