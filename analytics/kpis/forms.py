from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import localize_input
from django.utils.translation import gettext_lazy as _

from analytics.kpis.definitions import definitions
from core.kit.editing_together import SharedForm
from core.kit.forms import NumberField

#: Set by the program itself (its phases, its people, its working-time allowance), or no aim at all.
WITHOUT = ("phase_progress", "members_active", "time_budget", "potential_reach", "social_selling")
UNITS = {"ratio": "%", "index": _("index"), "minutes": _("min"), "count": ""}


def _typed(value: Decimal, *, share: bool) -> Decimal:
    return (value * 100 if share else value).normalize() + 0


class TargetsForm(SharedForm):
    """One field per KPI that can have a target; shares are typed in percent. Empty means: the product's own."""

    def __init__(
        self, *args: Any, targets: Mapping[str, Decimal], defaults: Mapping[str, Decimal], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.defaults = defaults
        for key, kpi in definitions().items():
            if key in WITHOUT:
                continue
            share = kpi.unit == "ratio"
            value, otherwise = targets.get(key), defaults.get(key)
            attrs = {"inputmode": "decimal", "data-unit": UNITS[kpi.unit]}
            if otherwise is not None:  # what counts while the field is empty
                attrs["placeholder"] = str(localize_input(_typed(otherwise, share=share)))
            self.fields[key] = NumberField(
                label=kpi.name,
                help_text=kpi.definition,
                required=False,
                min_value=Decimal(0),
                max_value=Decimal(100) if share else None,
                max_digits=12,
                decimal_places=2,
                localize=True,
                initial=None if value is None else _typed(value, share=share),
                widget=forms.TextInput(attrs=attrs),
            )
        self.remember()

    def targets(self) -> dict[str, Decimal | None]:
        """What was typed, shares as ratios again."""
        found: dict[str, Decimal | None] = {}
        for key, value in self.cleaned_data.items():
            share = definitions()[key].unit == "ratio"
            value = value / 100 if share and value is not None else value
            # What equals the default stays the default, also when that changes later.
            found[key] = None if value == self.defaults.get(key) else value
        return found
