"""Is it well-formed: days on which a host is away, and a single hour that cannot be."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.office_hours.away import Way
from community.office_hours.queries import Offer
from core.kit.forms import LAST_DAY_EARLY, DayField, Form
from core.kit.templatetags.ui import clock, day

LONGEST_ABSENCE = timedelta(days=366)
CANCEL = "cancel"


class AwayForm(Form):
    """Whole days; `last` is left out for one day."""

    first = DayField(label=_("First day"))
    last = DayField(label=_("Last day"), required=False, help_text=_("Leave empty for a single day."))

    way = forms.ChoiceField(
        label=_("What happens to what is booked?"), choices=Way.choices, initial=Way.LATER, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, zone: str, with_others: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        self.today = timezone.localdate(timezone=ZoneInfo(zone))
        if not with_others:
            ways = [(way, words) for way, words in Way.choices if way != Way.OTHERS]
            self.fields["way"].choices = ways  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first = cleaned.get("first")
        if first is None:
            return cleaned
        last = cleaned["last"] = cleaned.get("last") or first
        if last < first:
            self.add_error("last", LAST_DAY_EARLY)
        elif last < self.today:
            self.add_error("first", _("These days are over."))
        elif last - first > LONGEST_ABSENCE:
            self.add_error("last", _("At most one year at a time."))
        return cleaned


class OffForm(Form):
    """At one of the times that suit both, or not at all."""

    to = forms.ChoiceField(label=_("Instead"), widget=forms.RadioSelect)
    is_blocked = forms.BooleanField(
        label=_("Block the old time"), required=False, initial=True, help_text=_("Otherwise somebody else can book it.")
    )

    def __init__(self, *args: Any, offers: list[Offer], **more: Any) -> None:
        super().__init__(*args, **more)
        self.starts = {each.slot.start.isoformat(): each.slot.start for each in offers}
        times = [(key, f"{day(start, 'weekday')}, {clock(start)}") for key, start in self.starts.items()]
        self.fields["to"].choices = [*times, (CANCEL, _("Only cancel"))]  # type: ignore[attr-defined]

    def clean_to(self) -> datetime | None:
        return self.starts.get(self.cleaned_data["to"])
