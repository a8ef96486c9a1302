from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import gettext_lazy as _

from core.kit.forms import Form
from core.kit.rooms import News
from core.news.models import Hours, Way
from core.news.wishes import PRESETS, Ways, usual

FormRow = tuple[News, BoundField, BoundField | None, BoundField | None]  # shown, by mail, on devices
OCLOCK = [(hour, f"{hour}:00") for hour in range(25)]


class WishesForm(Form):
    """A row for each kind of news, and the hours."""

    days = forms.TypedMultipleChoiceField(
        label=_("Emails may arrive on"),
        choices=[(str(day), WEEKDAYS[day]) for day in WEEKDAYS],
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please choose at least one day.")},
    )
    start = forms.TypedChoiceField(label=_("from"), choices=OCLOCK[:24], coerce=int)
    end = forms.TypedChoiceField(label=_("to"), choices=OCLOCK[1:], coerce=int)

    def __init__(
        self, *args: Any, offered: Sequence[News], wishes: Mapping[str, Ways], hours: Hours, push: bool, **more: Any
    ) -> None:
        """`push`: whether the site has devices to choose at all; else what was chosen of them stays as it is."""
        initial: dict[str, Any] = {"days": hours.days, "start": hours.start, "end": hours.end}
        super().__init__(*args, **({"initial": initial} | more))
        self.offered, self.before, self.has_push = offered, wishes, push
        for news in offered:
            ways = wishes[news.kind]
            self.fields[f"{news.kind}.shown"] = forms.BooleanField(
                label=_("in the app"), required=False, initial=ways.is_shown
            )
            if not news.has_own_mail:
                self.fields[f"{news.kind}.mail"] = forms.ChoiceField(
                    label=_("by email"), choices=Way.choices, initial=ways.mail
                )
            if push:
                self.fields[f"{news.kind}.push"] = forms.BooleanField(
                    label=_("on my devices"), required=False, initial=ways.is_pushed
                )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("start", 0) >= data.get("end", 24):
            self.add_error("end", _("The end must be after the start."))
        return data

    @property
    def groups(self) -> list[tuple[str, list[FormRow]]]:
        """The rows under their headings, in the order of the rooms."""
        found: dict[str, list[FormRow]] = {}
        for news in self.offered:
            mail = None if news.has_own_mail else self[f"{news.kind}.mail"]
            pushed = self[f"{news.kind}.push"] if self.has_push else None
            found.setdefault(str(news.group), []).append((news, self[f"{news.kind}.shown"], mail, pushed))
        return list(found.items())

    @property
    def day_boxes(self) -> list[tuple[int, str, str, bool]]:
        """Number, short and full name of each day, and whether it is chosen."""
        chosen = {str(day) for day in self["days"].value() or ()}
        return [(day, WEEKDAYS_ABBR[day], WEEKDAYS[day], str(day) in chosen) for day in WEEKDAYS]

    @property
    def wishes(self) -> dict[str, Ways]:
        data = self.cleaned_data
        return {
            news.kind: Ways(
                data[f"{news.kind}.shown"],
                data.get(f"{news.kind}.mail", usual(news).mail),
                data.get(f"{news.kind}.push", self.before[news.kind].is_pushed),
            )
            for news in self.offered
        }


class PresetForm(Form):
    preset = forms.ChoiceField(choices=[(name, name) for name in PRESETS])


class MomentForm(Form):
    """For undo: what was called read at this moment."""

    moment = forms.DateTimeField()


class StateForm(Form):
    """For undo: what was so before, as this site signed it."""

    to = forms.CharField(max_length=4000)
