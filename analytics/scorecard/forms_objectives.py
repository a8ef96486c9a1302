from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from analytics.kpis.catalogue import groups
from analytics.kpis.definitions import definitions
from analytics.scorecard.models_objectives import CheckIn, KeyResult, Objective
from analytics.scorecard.quarters import next_quarter, quarter_before, quarter_of, quarter_said
from core.kit.editing_together import SharedForm
from core.kit.forms import Form, NumberField

LONGEST = 1000  # characters of a check-in


def _is_share(kpi: str) -> bool:
    return kpi in definitions() and definitions()[kpi].unit == "ratio"


def _typed(value: Decimal | None, kpi: str) -> Decimal | None:
    """Shares are typed in percent."""
    if value is None:
        return None
    return (value * 100 if _is_share(kpi) else value).normalize() + 0


class ObjectiveForm(SharedForm):
    """What is to be reached by the end of a quarter, in words."""

    text = forms.CharField(
        label=_("Objective"),
        max_length=120,
        help_text=_("One sentence without a number: “Attention turns into talks.”"),
    )
    quarter = forms.TypedChoiceField(label=_("Quarter"), coerce=date.fromisoformat)
    place = forms.IntegerField(label=_("Place in the list"), min_value=1, max_value=20, initial=1)

    def __init__(
        self, *args: Any, quarter: date, today: date, objective: Objective | None = None, **kwargs: Any
    ) -> None:
        kept = {"quarter": quarter.isoformat()}
        if objective:
            kept = {name: getattr(objective, name) for name in ("text", "place")} | kept
        super().__init__(*args, initial=kept, **kwargs)
        now = quarter_of(today)
        offered = sorted({quarter_before(now), now, next_quarter(now), quarter})
        self.fields["quarter"].choices = [  # type: ignore[attr-defined]
            (each.isoformat(), quarter_said(each)) for each in offered
        ]
        if objective:
            self.remember()


class ResultForm(SharedForm):
    """How one will know: from where to where, by a figure of the catalogue or told by hand."""

    together = ("kpi", "unit", "start", "target")

    text = forms.CharField(
        label=_("Key result"), max_length=120, help_text=_("With its number: “Half of all posts start a conversation”.")
    )
    kpi = forms.ChoiceField(
        label=_("Figure"),
        required=False,
        help_text=_("Its number comes from the published months of the quarter by itself. Without one you tell it."),
    )
    unit = forms.CharField(
        label=_("Unit"),
        required=False,
        max_length=20,
        help_text=_("Only for a number that you tell: applications, EUR."),
    )
    start = NumberField(
        label=_("Start"),
        required=False,
        max_digits=12,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text=_("Shares in percent. Empty, with a figure: the last month that was published before the quarter."),
    )
    target = NumberField(
        label=_("Target"),
        max_digits=12,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text=_("Where it is to be at the end of the quarter; shares in percent."),
    )
    place = forms.IntegerField(label=_("Place in the list"), min_value=1, max_value=20, initial=1)

    def __init__(self, *args: Any, result: KeyResult | None = None, **kwargs: Any) -> None:
        if result:
            kept = {name: getattr(result, name) for name in ("text", "kpi", "unit", "place")}
            numbers = {name: _typed(getattr(result, name), result.kpi) for name in ("start", "target")}
            kwargs["initial"] = kept | numbers
        super().__init__(*args, **kwargs)
        known = [
            (group.name, [(e.definition.key, e.definition.name) for e in group.entries if e.is_published])
            for group in groups()
        ]
        self.fields["kpi"].choices = [  # type: ignore[attr-defined]
            ("", _("None, we tell the number")),
            *((name, entries) for name, entries in known if entries),
        ]
        if result:
            self.remember()

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        kpi, start, target = (found.get(name) for name in ("kpi", "start", "target"))
        if not kpi and start is None and "start" not in self.errors:
            self.add_error("start", _("Please say where it starts: no figure says it."))
        if start is not None and start == target:
            self.add_error("target", _("The target is where it starts."))
        if kpi:
            found["unit"] = ""
        if _is_share(kpi or ""):
            for name in ("start", "target"):
                if found.get(name) is not None:
                    found[name] = found[name] / 100
        return found


class CheckInForm(Form):
    """How it stands, in words; with the number where that is told by hand."""

    outlook = forms.ChoiceField(
        label=_("How does it look?"), choices=CheckIn.Outlook.choices, initial=CheckIn.Outlook.ON_COURSE
    )
    value = NumberField(
        label=_("Its number now"),
        max_digits=12,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    text = forms.CharField(
        label=_("In words"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("What helped, what is in the way, what comes next. Everybody who reads the figures reads it."),
    )

    def __init__(self, *args: Any, result: KeyResult, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if result.kpi:
            del self.fields["value"]
        elif result.unit:
            self.fields["value"].widget.attrs["data-unit"] = result.unit
