from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.kit.editing_together import SharedForm
from core.kit.forms import NumberField


class EquivalentForm(SharedForm):
    """Whether the advertising equivalent is shown, and at which price."""

    is_shown = forms.BooleanField(
        label=_("Show the advertising equivalent"),
        required=False,
        help_text=_(
            "On the page of figure 19 of the catalogue, as a rough equivalent with its price. Never in a "
            "headline or a report."
        ),
    )
    per_thousand = NumberField(
        label=_("Assumed price per 1,000 impressions"),
        required=False,
        min_value=Decimal("0.01"),
        max_digits=8,
        decimal_places=2,
        localize=True,
        help_text=_("What your company pays for as many impressions of an advertisement, by its own contracts."),
    )

    def __init__(self, *args: Any, currency: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["per_thousand"].widget.attrs |= {"inputmode": "decimal", "data-unit": currency}
        if price := self.initial.get("per_thousand"):
            self.initial["per_thousand"] = price.normalize() + 0
        self.remember()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("is_shown") and not cleaned.get("per_thousand") and "per_thousand" not in self.errors:
            self.add_error("per_thousand", _("Please enter the price: without one there is nothing to show."))
        return cleaned
