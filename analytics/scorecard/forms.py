from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from analytics.kpis.catalogue import groups
from analytics.scorecard.models import StrategyAim
from analytics.scorecard.queries import other_aims
from core.kit.editing_together import SharedForm
from programs.membership.models import Program


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
            kwargs["initial"] = kept | {"feeds": [each.pk for each in aim.feeds.all()]}
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
