from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from community.barcamp.models import ROOM_NAME, TEXT, TITLE, CampRoom, CampSlot, Offering, Proposal
from community.events.models import Event
from core.kit.editing_together import SharedForm
from core.kit.forms import ENDS_EARLY, ClockInput, Form
from core.kit.templatetags.ui import day as as_day

MOST_DAYS = 14


class RowForm(SharedForm):
    """A row of a board: a new one, or one that is there."""

    def __init__(self, *args: Any, row: Proposal | CampRoom | CampSlot | None = None, **more: Any) -> None:
        if row is not None:
            more["initial"] = {name: getattr(row, name) for name in self.base_fields}
        super().__init__(*args, **more)
        if row is not None:
            self.remember()


class ProposalForm(RowForm):
    """Ten seconds on the phone: a title is enough."""

    title = forms.CharField(label=_("Title"), max_length=TITLE, widget=forms.TextInput(attrs={"autofocus": True}))
    kind = forms.ChoiceField(label=_("What is it?"), choices=Offering, initial=Offering.OFFER, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("In a sentence"), max_length=TEXT, required=False, help_text=_("What happens, and who it is for")
    )


class CampRoomForm(RowForm):
    name = forms.CharField(label=_("Room"), max_length=ROOM_NAME)
    note = forms.CharField(
        label=_("Note"), max_length=ROOM_NAME, required=False, help_text=_("e.g. 16 seats, whiteboard")
    )


class CampSlotForm(RowForm):
    """Which day is asked where the barcamp has several, or had when the time was entered."""

    day = forms.TypedChoiceField(label=_("Day"), coerce=int)
    starts = forms.TimeField(label=_("Starts"), widget=ClockInput)
    ends = forms.TimeField(label=_("Ends"), widget=ClockInput)
    title = forms.CharField(
        label=_("For everybody"),
        max_length=TITLE,
        required=False,
        help_text=_("Leave empty for sessions. With a title it is one row for all, e.g. Lunch."),
    )

    def __init__(self, *args: Any, event: Event, row: CampSlot | None = None, **more: Any) -> None:
        super().__init__(*args, row=row, **more)
        milestone = event.milestone
        days = set(range(min((milestone.last_day - milestone.on).days + 1, MOST_DAYS))) | {row.day if row else 0}
        if len(days) == 1:
            del self.fields["day"]
        else:
            said = [(day, as_day(milestone.on + timedelta(days=day), "weekday")) for day in sorted(days)]
            self.fields["day"].choices = said  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends <= starts:
            raise ValidationError({"ends": ENDS_EARLY})
        return cleaned


class PlaceForm(Form):
    """What goes into a place; nothing empties it. `seen`: the plan as it was when the form was opened."""

    proposal = forms.ChoiceField(label=_("Session"), required=False)
    seen = forms.CharField(required=False, max_length=20000, widget=forms.HiddenInput)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["proposal"].choices = [("", _("Nothing, the place is free")), *choices]  # type: ignore[attr-defined]


class TakenBackForm(Form):
    """An address of undo: what stands now, and what stood before."""

    now = forms.CharField(max_length=400)
    before = forms.CharField(max_length=400)


class WantsForm(Form):
    wants = forms.BooleanField(required=False)


class KnownForm(Form):
    """What a page has already."""

    seen = forms.CharField(required=False, max_length=40)
    known = forms.IntegerField(required=False, min_value=0)
