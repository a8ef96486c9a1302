from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.forum.lifecycle import HOW_IT_STANDS, Package
from community.forum.models_health import STAGES, LifeCycle
from core.kit.forms import Form


class LifeCycleForm(Form):
    """The stage, how each package stands, and what was shown to whoever sends this."""

    stage = forms.ChoiceField(label=_("stage"), choices=STAGES)
    version = forms.IntegerField(min_value=1, max_value=2**31 - 2, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, row: LifeCycle, packages: tuple[Package, ...]) -> None:
        shown = {"stage": row.stage, "version": row.version} | row.packages
        super().__init__(data, initial=shown)
        self.packages = packages
        for each in packages:
            self.fields[each.key] = forms.ChoiceField(
                label=each.title, help_text=each.check, choices=HOW_IT_STANDS, widget=forms.RadioSelect, required=False
            )

    @property
    def package_fields(self) -> list[forms.BoundField]:
        return [self[each.key] for each in self.packages]

    def clean(self) -> dict[str, Any]:
        chosen = {each.key: self.cleaned_data.pop(each.key, "") for each in self.packages}
        return self.cleaned_data | {"packages": {key: value for key, value in chosen.items() if value}}
