from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.kit.forms import Form, NumberField


class SpendForm(Form):
    """What the company account took in a month."""

    month = forms.ChoiceField(label=_("Month"), help_text=_("A month that is in the list already gets the new amount."))
    amount = NumberField(
        label=_("Spent"),
        min_value=Decimal(0),
        max_digits=12,
        decimal_places=2,
        localize=True,
        help_text=_("Advertising, agencies and working time for the company's own account, all together."),
    )

    def __init__(self, *args: Any, months: Sequence[tuple[date, str]], currency: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["month"].choices = [(month.isoformat(), name) for month, name in months]  # type: ignore[attr-defined]
        self.fields["amount"].widget.attrs |= {"inputmode": "decimal", "data-unit": currency}

    def clean_month(self) -> date:
        return date.fromisoformat(self.cleaned_data["month"])
