"""The cost of a thousand impressions, people beside the company account: the same numbers as in reports."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from analytics.dashboards.words import month_and_year
from analytics.kpis.cost import Spending, company_spending, money, people_spending
from analytics.kpis.queries import Board
from programs.membership.models import Program


@dataclass(frozen=True)
class CostRow:
    name: str
    span: str
    value: str
    calculation: str
    reason: str  # why there is none


def rows_of(program: Program, board: Board, until: date) -> list[CostRow]:
    people, company = people_spending(program, board, until), company_spending(program, board, until)
    no_budget = _("The charter has no budget, or nothing of it was spent yet.")
    no_figures = _("A month of impressions is not published: there is nothing to divide by.")
    return [
        _row(_("People"), people, no_figures if people and people.amount else no_budget),
        _row(_("Company account"), company, _("Enter what it took in a month for which impressions are known.")),
    ]


def _row(name: str, found: Spending | None, reason: str) -> CostRow:
    if found is None or found.each is None or found.since is None or found.until is None:
        return CostRow(name, "", "", "", reason)
    return CostRow(name, span(found.since, found.until), money(found.each, found.currency, 2), found.calculation, "")


def span(since: date, until: date) -> str:
    """Of months, as people say it."""
    if since == until:
        return month_and_year(since)
    return _("%(since)s to %(until)s") % {"since": month_and_year(since), "until": month_and_year(until)}
