from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from analytics.activities.models import SocialScore
from core.kit.forms import Form, NumberField

LABELS = {
    "brand": gettext_lazy("Establish your professional brand"),
    "people": gettext_lazy("Find the right people"),
    "insights": gettext_lazy("Engage with insights"),
    "relations": gettext_lazy("Build relationships"),
}


class SocialScoreForm(Form):
    """The four parts as LinkedIn shows them, or none of them to remove the month."""

    month = forms.ChoiceField(
        label=gettext_lazy("Month"),
        help_text=gettext_lazy("A month that is there already gets the new numbers; without any it is removed."),
    )

    def __init__(self, *args: Any, months: Sequence[tuple[date, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["month"].choices = [(month.isoformat(), name) for month, name in months]  # type: ignore[attr-defined]
        for part in SocialScore.PARTS:
            field = NumberField(
                label=LABELS[part],
                required=False,
                min_value=Decimal(0),
                max_value=Decimal(25),
                max_digits=4,
                decimal_places=2,
                localize=True,
            )
            field.widget.attrs |= {"inputmode": "decimal"}
            self.fields[part] = field

    def clean_month(self) -> date:
        return date.fromisoformat(self.cleaned_data["month"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        missing = [part for part in SocialScore.PARTS if cleaned.get(part) is None and part not in self.errors]
        if missing and len(missing) < len(SocialScore.PARTS):
            for part in missing:
                self.add_error(part, _("Please enter all four parts, or none to remove the month."))
        return cleaned

    @property
    def parts(self) -> dict[str, Decimal] | None:
        found = {part: self.cleaned_data[part] for part in SocialScore.PARTS}
        return None if None in found.values() else found
