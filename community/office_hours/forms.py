"""Is it well-formed: which hour, what about; and the rules of a host."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from community.office_hours.holiday_days import regions
from community.office_hours.models import LONGEST, MOST_PLACES, MOST_WEEKS, SHORTEST, HoursHost
from core.kit.forms import ENDS_EARLY, LINK_ERROR, ClockInput, DayField, Form

MOST_TOPICS = 12


class WishForm(Form):
    """What somebody wants to talk about, if they say so."""

    topic = forms.CharField(label=_("Topic"), max_length=60, required=False)
    question = forms.CharField(
        label=_("What it is about"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        return {name: cleaned.get(name, "").strip() for name in ("topic", "question")} | cleaned


class BookingForm(WishForm):
    """`slot` is `host@moment`, as the page offered it."""

    slot = forms.CharField(max_length=60, error_messages={"required": _("Please choose a time first.")})

    def clean_slot(self) -> tuple[int, datetime]:
        host, _at, moment = self.cleaned_data["slot"].partition("@")
        try:
            return int(host), datetime.strptime(moment, "%Y-%m-%dT%H:%MZ").replace(tzinfo=UTC)
        except ValueError:
            raise forms.ValidationError(_("This time is not offered. Please choose another one.")) from None


class RulesForm(Form):
    is_open = forms.BooleanField(label=_("People can book slots with me"), required=False, initial=True)
    minutes = forms.IntegerField(
        label=_("Length"), min_value=SHORTEST, max_value=LONGEST, initial=20,
        widget=forms.NumberInput(attrs={"data-unit": _("min"), "inputmode": "numeric"}),
    )  # fmt: skip
    pause = forms.IntegerField(
        label=_("Pause between"), min_value=0, max_value=120, initial=0,
        widget=forms.NumberInput(attrs={"data-unit": _("min"), "inputmode": "numeric"}),
    )  # fmt: skip
    notice_hours = forms.IntegerField(
        label=_("Book by"), min_value=0, max_value=24 * 14, initial=4,
        widget=forms.NumberInput(attrs={"data-unit": _("hours before"), "inputmode": "numeric"}),
    )  # fmt: skip
    weeks = forms.IntegerField(
        label=_("How far ahead"), min_value=1, max_value=MOST_WEEKS, initial=4,
        widget=forms.NumberInput(attrs={"data-unit": _("weeks"), "inputmode": "numeric"}),
    )  # fmt: skip
    place = forms.CharField(label=_("Place"), max_length=120, required=False)
    link = forms.URLField(
        label=_("Video link"), max_length=500, required=False, assume_scheme="https",
        help_text=_("Only people who have booked see it."),
    )  # fmt: skip
    topics = forms.CharField(
        label=_("Topics"), required=False, max_length=800, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One per line. People can choose one when they book."),
    )  # fmt: skip
    languages = forms.MultipleChoiceField(
        label=_("Languages"), required=False, choices=settings.LANGUAGES, widget=forms.CheckboxSelectMultiple
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), required=False)
    region = forms.ChoiceField(label=_("Public holidays for"), required=False)

    def __init__(self, *args: Any, country: str, zone: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["time_zone"].choices = [  # type: ignore[attr-defined]
            ("", _("Same as the program (%(zone)s)") % {"zone": zone}),
            *((each, each) for each in sorted(available_timezones()) if "/" in each),
        ]
        self.fields["region"].choices = [("", _("The whole country")), *regions(country)]  # type: ignore[attr-defined]

    def clean_link(self) -> str:
        link: str = self.cleaned_data["link"]
        if link and not link.startswith("https://"):
            raise forms.ValidationError(LINK_ERROR)
        return link

    def clean_topics(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["topics"].splitlines()]
        topics = list(dict.fromkeys(line for line in lines if line))
        if len(topics) > MOST_TOPICS or any(len(topic) > 60 for topic in topics):
            raise forms.ValidationError(_("At most 12 topics, 60 characters each."))
        return topics


def rules_in(hours: HoursHost) -> dict[str, Any]:
    """What the form begins with."""
    begun = {name: getattr(hours, name) for name in RulesForm.base_fields if name != "topics"}
    return begun | {"topics": "\n".join(hours.topics)}


class OpenTimeForm(Form):
    begins = forms.TimeField(label=_("From"), widget=ClockInput)
    ends = forms.TimeField(label=_("To"), widget=ClockInput)
    places = forms.IntegerField(
        label=_("Places per slot"), min_value=1, max_value=MOST_PLACES, initial=1,
        help_text=_("With more than one, it becomes a group slot."),
    )  # fmt: skip

    def __init__(self, *args: Any, minutes: int, **more: Any) -> None:
        super().__init__(*args, **more)
        self.minutes = minutes

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        begins, ends = cleaned.get("begins"), cleaned.get("ends")
        if begins is None or ends is None:
            return cleaned
        if ends <= begins:
            self.add_error("ends", ENDS_EARLY)
        elif datetime.combine(datetime.min, ends) - datetime.combine(datetime.min, begins) < timedelta(
            minutes=self.minutes
        ):
            words = _("A slot of %(count)s minutes does not fit. Make the time longer or the slots shorter.")
            self.add_error("ends", words % {"count": self.minutes})
        return cleaned


class WindowForm(OpenTimeForm):
    weekday = forms.TypedChoiceField(label=_("Weekday"), choices=list(WEEKDAYS.items()), coerce=int)
    field_order = ("weekday", "begins", "ends", "places")


class SpecialDayForm(OpenTimeForm):
    day = DayField(label=_("Day"))
    field_order = ("day", "begins", "ends", "places")

    def clean_day(self) -> Any:
        day = self.cleaned_data["day"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("This day is over."))
        return day
