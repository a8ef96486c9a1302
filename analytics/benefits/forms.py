from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from analytics.benefits.models import Benefit
from analytics.kpis.catalogue import groups
from core.kit.forms import ModelForm
from programs.membership.models import Program


class BenefitForm(ModelForm):
    """Short enough for the phone: one text, who may read it, and optionally what it belongs to."""

    about = forms.ChoiceField(label=_("Goes with"), required=False)

    class Meta:
        model = Benefit
        fields: ClassVar = ["text", "readers", "with_name"]
        widgets: ClassVar = {"text": forms.Textarea({"rows": 5}), "readers": forms.RadioSelect}
        labels: ClassVar = {
            "text": _("What could you do because of the program?"),
            "readers": _("Who may read it"),
            "with_name": _("Show my name"),
        }
        help_texts: ClassVar = {
            "text": _("Two or three sentences are enough. Leave out what is confidential, and other people's names."),
            "readers": _(
                "You can withdraw it at any time: it then disappears from all pages, reports, and newsletters here at"
                " once. What was already sent or downloaded cannot be recalled."
            ),
            "with_name": _(
                "Without it, readers see “A participant”. In a small group your words may still tell who you are."
                " When you leave the program, it stays, because its disappearing would tell whose it was. You can"
                " still withdraw it for 30 days; after that nothing ties it to you."
            ),
        }

    def __init__(self, *args: Any, program: Program, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.goals = {f"goal:{goal.pk}": goal for goal in program.goals.all()}
        figures = [
            (group.name, [(f"kpi:{entry.definition.key}", entry.definition.name) for entry in group.entries])
            for group in groups()
        ]
        goals = [(key, goal.text) for key, goal in self.goals.items()]
        self.fields["about"].choices = [  # type: ignore[attr-defined]
            ("", _("Nothing in particular")),
            *([(_("Goals"), goals)] if goals else []),
            *figures,
        ]

    @property
    def told(self) -> dict[str, Any]:
        """What is stored."""
        data = dict(self.cleaned_data)
        about = data.pop("about")
        return data | {"goal": self.goals.get(about), "kpi": about.removeprefix("kpi:") if about[:4] == "kpi:" else ""}
