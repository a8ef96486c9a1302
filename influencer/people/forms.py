import zoneinfo
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from influencer.people.models import User

ZONES = ("Europe/Berlin", "Europe/Vienna", "Europe/Zurich", "Europe/London", "Europe/Madrid", "Europe/Warsaw", "UTC")


class ProfileForm(forms.ModelForm):
    """How the product addresses a person and in which language and time."""

    time_zone = forms.ChoiceField(label=_("time zone"))

    class Meta:
        model = User
        fields = ("name", "language", "time_zone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True
        rest = sorted(zone for zone in zoneinfo.available_timezones() if "/" in zone and zone not in ZONES)
        self.fields["time_zone"].choices = [(zone, zone.replace("_", " ")) for zone in (*ZONES, *rest)]
