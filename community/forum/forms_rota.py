from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.kit.forms import Form
from core.people.models import User
from core.people.picker import PersonField


class DutyForm(Form):
    """A week, who takes it, and whose it was before the eyes of whoever sends this."""

    week = forms.TypedChoiceField(coerce=date.fromisoformat)
    person = PersonField(queryset=User.objects.none(), required=False)
    was = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)

    def __init__(self, *args: Any, weeks: list[date], hosts: list[User], **more: Any) -> None:
        super().__init__(*args, **more)
        fields: Any = self.fields
        fields["week"].choices = [(week.isoformat(), "") for week in weeks]
        fields["person"].queryset = User.objects.filter(pk__in=[host.pk for host in hosts])


class SwapForm(Form):
    one = forms.TypedChoiceField(coerce=date.fromisoformat)
    other = forms.TypedChoiceField(coerce=date.fromisoformat)

    def __init__(self, *args: Any, weeks: list[date], **more: Any) -> None:
        super().__init__(*args, **more)
        fields: Any = self.fields
        for name in ("one", "other"):
            fields[name].choices = [(week.isoformat(), "") for week in weeks]

    def clean(self) -> dict[str, Any]:
        if "one" in self.cleaned_data and self.cleaned_data["one"] == self.cleaned_data.get("other"):
            self.add_error("other", _("Please choose two different weeks."))
        return self.cleaned_data
