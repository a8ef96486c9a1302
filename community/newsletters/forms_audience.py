from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.newsletters.audiences import choices_of
from community.newsletters.models_audiences import SORTS, Audience
from core.kit.forms import Form
from programs.membership.models import Program

LABELS = {
    "generations": _("Generations"),
    "roles": _("Roles"),
    "languages": _("Languages"),
    "interests": _("Topics that people show in the directory"),
}


class AudienceForm(Form):
    """Of each sort the chosen ones; nothing chosen is the whole program. `seen` is the choice that the page showed."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=40)
    name = forms.CharField(
        label=_("Save this choice as"),
        max_length=80,
        required=False,
        help_text=_("Leave it empty to use the choice for this issue only."),
    )

    def __init__(self, data: Any = None, *, program: Program, audience: Audience) -> None:
        chosen: dict[str, Any] = {sort: [str(each) for each in getattr(audience, sort)] for sort in SORTS}
        super().__init__(data, initial=chosen | {"seen": audience.mark}, auto_id="to-%s")
        for sort, choices in choices_of(program).items():
            kept = [(each, each) for each in chosen[sort] if each not in dict(choices)]
            self.fields[sort] = forms.MultipleChoiceField(
                label=LABELS[sort],
                choices=[*choices, *kept] if sort == "interests" else choices,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    @property
    def sorts(self) -> list[Any]:
        """The fields that have something to choose from."""
        return [self[sort] for sort in SORTS if self.fields[sort].choices]  # type: ignore[attr-defined]

    @property
    def audience(self) -> Audience:
        chosen = {sort: tuple(sorted(self.cleaned_data[sort])) for sort in SORTS}
        return Audience(**chosen | {"generations": tuple(sorted(int(pk) for pk in chosen["generations"]))})
