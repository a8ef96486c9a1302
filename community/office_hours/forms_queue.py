"""Is it well-formed: until when a drop-in hour goes and where, and what somebody comes with."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.kit.forms import LINK_ERROR, ClockInput, Form

LONGEST_HOUR = timedelta(hours=8)


class MatterForm(Form):
    topic = forms.CharField(label=_("What is it about?"), max_length=200, required=False)


class OpenHourForm(Form):
    """Today, on the host's clocks."""

    until = forms.TimeField(label=_("Until"), widget=ClockInput)
    place = forms.CharField(label=_("Place"), max_length=120, required=False)
    link = forms.URLField(label=_("Video link"), max_length=500, required=False, assume_scheme="https")

    def __init__(self, *args: Any, zone: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.zone = ZoneInfo(zone)

    def clean_until(self) -> datetime:
        wall: time = self.cleaned_data["until"]
        now = timezone.now().astimezone(self.zone)
        until = datetime.combine(now.date(), wall, self.zone)
        if until <= now:
            raise forms.ValidationError(_("This time has already passed."))
        if until - now > LONGEST_HOUR:
            raise forms.ValidationError(_("At most eight hours at a time."))
        return until

    def clean_link(self) -> str:
        link: str = self.cleaned_data["link"]
        if link and not link.startswith("https://"):
            raise forms.ValidationError(LINK_ERROR)
        return link


class NextForm(Form):
    """`after` is the number that the host sees as theirs; none before the first one."""

    after = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1)
