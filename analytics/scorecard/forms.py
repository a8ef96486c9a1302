from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from analytics.kpis.catalogue import groups
from analytics.scorecard.models import StrategyAim, StrategyLine
from analytics.scorecard.queries import goals_of, other_aims
from core.kit.editing_together import SharedForm
from core.kit.forms import Form
from programs.membership.models import Program

ASSUMED, PROVEN = "assumed", "proven"


class AimForm(SharedForm):
    """An aim of the strategy map."""

    text = forms.CharField(label=_("Aim"), max_length=80, help_text=_("A few words: “Be known as an employer”."))
    perspective = forms.ChoiceField(
        label=_("Row"), choices=StrategyAim.Perspective.choices, initial=StrategyAim.Perspective.IMPACT
    )
    kpi = forms.ChoiceField(label=_("Figure that shows it"), required=False)
    feeds = forms.ModelMultipleChoiceField(
        StrategyAim.objects.none(),
        label=_("Leads to"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What it helps to reach, usually in the row above. It is your assumption, not a proof."),
    )
    place = forms.IntegerField(label=_("Place in the row"), min_value=1, max_value=20, initial=1)

    def __init__(self, *args: Any, program: Program, aim: StrategyAim | None = None, **kwargs: Any) -> None:
        if aim:
            kept = {name: getattr(aim, name) for name in ("text", "perspective", "kpi", "place")}
            kwargs["initial"] = kept | {"feeds": goals_of(aim)}
        super().__init__(*args, **kwargs)
        self.fields["kpi"].choices = [  # type: ignore[attr-defined]
            ("", _("None")),
            *((group.name, [(e.definition.key, e.definition.name) for e in group.entries]) for group in groups()),
        ]
        others = other_aims(program, aim)
        self.fields["feeds"].queryset = others  # type: ignore[attr-defined]
        if not others:
            del self.fields["feeds"]
        if aim:
            self.remember()


class LineForm(SharedForm):
    """What is known of a line: assumed, or proven and by what."""

    together = ("is_proven", "why")

    is_proven = forms.ChoiceField(
        label=_("How sure are you?"),
        choices=[(ASSUMED, _("Assumed: we think so")), (PROVEN, _("Proven: our figures or a study show it"))],
        widget=forms.RadioSelect,
    )
    why = forms.CharField(
        label=_("What shows it"),
        required=False,
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text=_(
            "Which figures, since when, or which study. A proven line needs it; please write about nobody by name."
        ),
    )

    def __init__(self, *args: Any, line: StrategyLine, **kwargs: Any) -> None:
        kept = {"is_proven": PROVEN if line.is_proven else ASSUMED, "why": line.why}
        super().__init__(*args, initial=kept, **kwargs)
        self.remember()

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        found["is_proven"] = found.get("is_proven") == PROVEN
        if found["is_proven"] and not found.get("why"):
            self.add_error("why", _("Please say what shows it, or leave it assumed."))
        return found


class DrawForm(Form):
    """To which aim a line is drawn."""

    goal = forms.ModelChoiceField(StrategyAim.objects.none())

    def __init__(self, *args: Any, aim: StrategyAim, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["goal"].queryset = other_aims(aim.program, aim)  # type: ignore[attr-defined]


class MoveForm(Form):
    """Where an aim is put down."""

    perspective = forms.ChoiceField(choices=StrategyAim.Perspective.choices)
    place = forms.IntegerField(min_value=1, max_value=50)
