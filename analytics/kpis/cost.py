"""What a thousand impressions cost: people's by the charter's budget, the company account's by what was entered for it.

Impressions of people are published cells, those of the company have no person behind them; the money is the company's.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from analytics.kpis.models_cost import CompanySpend, EquivalentPrice
from analytics.kpis.queries import Board
from core.kit.templatetags.ui import number
from programs.charter.queries import budget_of, currency_of, totals
from programs.membership.models import Program

THOUSAND = 1000


@dataclass(frozen=True)
class Spending:
    """Money, and the impressions of the months it is divided by; without impressions nothing is divided."""

    planned: Decimal
    amount: Decimal
    currency: str
    impressions: Decimal | None
    since: date | None
    until: date | None

    @property
    def each(self) -> Decimal | None:
        return per_thousand(self.amount, self.impressions)

    @property
    def calculation(self) -> str:
        """The formula with its numbers."""
        if self.each is None or self.impressions is None:
            return ""
        return calculation(self.amount, self.impressions, self.currency)


def per_thousand(amount: Decimal, impressions: Decimal | None) -> Decimal | None:
    return amount / impressions * THOUSAND if impressions and amount else None


def calculation(amount: Decimal, impressions: Decimal, currency: str) -> str:
    """As everybody reads it: money ÷ impressions × 1,000."""
    cents = 0 if amount == amount.to_integral_value() else 2
    return f"{money(amount, currency, cents)} ÷ {number(impressions)} × {number(THOUSAND)}"


def money(amount: Decimal, currency: str, places: int = 0) -> str:
    return f"{number(amount, places)}\N{NO-BREAK SPACE}{currency}"


def spends_of(program: Program) -> QuerySet[CompanySpend]:
    return CompanySpend.objects.present().filter(program=program)


def price_of(program: Program) -> EquivalentPrice | None:
    """What an advertisement is assumed to cost, whether it is shown or not."""
    return EquivalentPrice.objects.filter(program=program).first()


def people_spending(program: Program, board: Board, until: date) -> Spending | None:
    """The charter's budget as it is on the day, and every impression since the first month; a month that is hidden
    leaves nothing to divide by."""
    lines = list(budget_of(program))
    if not lines:
        return None
    sums = totals(lines)
    seen = [point for point in board.line("impressions") if point.start_on <= until]
    is_known = bool(seen) and all(point.is_shown and point.value is not None for point in seen)
    return Spending(
        sums.planned,
        sums.actual,
        currency_of(program),
        sum((point.value or Decimal(0) for point in seen), Decimal(0)) if is_known else None,
        seen[0].start_on if is_known else None,
        seen[-1].start_on if is_known else None,
    )


def company_spending(program: Program, board: Board, until: date) -> Spending | None:
    """Of the months of which both is known, what was spent and how often the account's posts were shown, paid ones
    included. An amount in a currency the program no longer uses is left out."""
    currency = currency_of(program)
    seen = {point.start_on: point.value for point in board.line("impressions", series="company") if point.value}
    spent = {row.month: row.amount for row in spends_of(program) if row.currency == currency and row.month <= until}
    months = sorted(month for month in spent if month in seen)
    if not months:
        return None
    amount = sum((spent[month] for month in months), Decimal(0))
    impressions = sum((seen[month] or Decimal(0) for month in months), Decimal(0))
    return Spending(amount, amount, currency, impressions, months[0], months[-1])
