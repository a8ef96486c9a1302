from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.kit.forms import ENDS_EARLY, Form
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
        show_hidden_initial=True,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please choose at least one day.")},
    )
    start = forms.TypedChoiceField(label=_("from"), choices=OCLOCK[:24], coerce=int, show_hidden_initial=True)
    end = forms.TypedChoiceField(label=_("to"), choices=OCLOCK[1:], coerce=int, show_hidden_initial=True)

    def __init__(
        self, *args: Any, offered: Sequence[News], wishes: Mapping[str, Ways], hours: Hours, push: bool, **more: Any
    ) -> None:
        """`push`: whether the site has devices to choose at all; else what was chosen of them stays as it is."""
        initial: dict[str, Any] = {"days": hours.days, "start": hours.start, "end": hours.end}
        super().__init__(*args, **({"initial": initial} | more))
        self.offered, self.before, self.hours, self.has_push = offered, wishes, hours, push
        for news in offered:
            ways = wishes[news.kind]
            self.fields[f"{news.kind}.shown"] = forms.BooleanField(
                label=_("in the app"), required=False, initial=ways.is_shown, show_hidden_initial=True
            )
            if not news.has_own_mail:
                self.fields[f"{news.kind}.mail"] = forms.ChoiceField(
                    label=_("by email"), choices=Way.choices, initial=ways.mail, show_hidden_initial=True
                )
            if push:
                self.fields[f"{news.kind}.push"] = forms.BooleanField(
                    label=_("on my devices"), required=False, initial=ways.is_pushed, show_hidden_initial=True
                )

    @property
    def shown_before(self) -> SafeString:
        """What stood on the page: only what was changed there is kept, so that an old page takes nothing back."""
        return format_html_join("", "{}", ((self[name].as_hidden(only_initial=True),) for name in self.fields))

    @property
    def changed(self) -> set[str]:
        """All, of a page that does not say what stood on it."""
        says = any(self[name].html_initial_name in self.data for name in self.fields)
        return set(self.changed_data) if says else set(self.fields)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("start", 0) >= data.get("end", 24):
            self.add_error("end", ENDS_EARLY)
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
        data = {name: value for name, value in self.cleaned_data.items() if name in self.changed}
        found = {}
        for news in self.offered:
            before = self.before[news.kind]
            mail = usual(news).mail if news.has_own_mail else before.mail
            found[news.kind] = Ways(
                data.get(f"{news.kind}.shown", before.is_shown),
                data.get(f"{news.kind}.mail", mail),
                data.get(f"{news.kind}.push", before.is_pushed),
            )
        return found

    @property
    def chosen_hours(self) -> dict[str, Any]:
        """Days, start and end."""
        before = {name: getattr(self.hours, name) for name in ("days", "start", "end")}
        return {name: self.cleaned_data[name] if name in self.changed else was for name, was in before.items()}


class PresetForm(Form):
    preset = forms.ChoiceField(choices=[(name, name) for name in PRESETS])


class MomentForm(Form):
    """For undo: what was called read at this moment."""

    moment = forms.DateTimeField()


class StateForm(Form):
    """For undo: what was so before, as this site signed it."""

    to = forms.CharField(max_length=4000)
