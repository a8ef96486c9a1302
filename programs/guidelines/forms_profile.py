from collections.abc import Iterable
from typing import Any

from django import forms

from core.kit.forms import Form
from programs.guidelines.models_profile import ProfileMark
from programs.guidelines.profile_guide import ProfilePoint


class ProfileCheckForm(Form):
    """A mark for each point, or none."""

    def __init__(self, *args: Any, points: Iterable[ProfilePoint], **more: Any) -> None:
        super().__init__(*args, **more)
        for point in points:
            self.fields[point.key] = forms.ChoiceField(
                label=point.ask, choices=ProfileMark.choices, required=False, widget=forms.RadioSelect
            )
