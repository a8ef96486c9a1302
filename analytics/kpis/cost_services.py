"""What a manager says of the company account's money, by month; and of the price behind the advertising equivalent."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from analytics.kpis.cost import spends_of
from analytics.kpis.models_cost import CompanySpend, EquivalentPrice
from analytics.kpis.verbs import KpisVerb
from core.journal import services as journal
from core.journal.changes import changes_of, key_of, pair
from programs.charter.queries import currency_of
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


@transaction.atomic
def set_spend(program: Program, month: date, amount: Decimal, *, by: "User") -> tuple[CompanySpend, Decimal | None]:
    """What the company account took in a month; said again, the newer amount counts. And what was said before."""
    _hold(program)
    row = spends_of(program).filter(month=month).first()
    before = row.amount if row else None
    if row is None:
        row = CompanySpend(program=program, month=month)
    row.amount, row.currency = amount, currency_of(program)
    row.save()
    if before != amount:
        changes = {key_of(CompanySpend, "amount"): pair(before, amount)}
        journal.record(KpisVerb.SPEND_SET, row, by=by, changes=changes)
    return row, before


@transaction.atomic
def remove_spend(row: CompanySpend, *, by: "User") -> CompanySpend:
    """Harmless twice."""
    _hold(row.program)
    if row.deleted_at is None:
        row.put_away()
        journal.record(KpisVerb.SPEND_REMOVED, row, by=by)
    return row


@transaction.atomic
def restore_spend(row: CompanySpend, *, by: "User") -> bool:
    """Unless its month has another amount by now; harmless twice."""
    _hold(row.program)
    if row.deleted_at is not None:
        if spends_of(row.program).filter(month=row.month).exists():
            return False
        row.take_back()
        journal.record(KpisVerb.SPEND_SET, row, by=by, changes={key_of(CompanySpend, "amount"): pair(None, row.amount)})
    return True


def _hold(program: Program) -> None:
    Program.objects.select_for_update(no_key=True, of=("self",)).get(pk=program.pk)


@transaction.atomic
def set_equivalent(program: Program, *, is_shown: bool, per_thousand: Decimal | None, by: "User") -> EquivalentPrice:
    """Shown in the catalogue, as an equivalent and never as a value; or not any more."""
    _hold(program)
    price, _is_new = EquivalentPrice.objects.get_or_create(program=program)
    price.is_shown, price.per_thousand = is_shown, per_thousand
    if changes := changes_of(price, ("is_shown", "per_thousand")):
        price.save(update_fields=["is_shown", "per_thousand"])
        journal.record(KpisVerb.EQUIVALENT_SET, program, by=by, changes=changes)
    return price
