from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.kit.editing_together import SharedForm
from core.kit.forms import ENDS_EARLY, LAST_DAY_EARLY, ClockInput, DayField, Form
from core.kit.word_fields import WordsFormField
from programs.membership.models import Program
from programs.phases import queries
from programs.phases.models import Milestone, Phase


class ReasonForm(Form):
    """Why something is reopened, skipped or does not apply."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One sentence is enough. Everybody in the program can read it."),
        error_messages={"required": _("Please say why in one sentence.")},
    )


class TitledForm(SharedForm):
    title = WordsFormField(label=_("Title"), max_length=200)


class PhaseForm(TitledForm):
    start_on = DayField(label=_("Start"))
    end_on = DayField(label=_("End"))
    move_along = forms.BooleanField(
        label=_("Also move its open items and upcoming dates"),
        required=False,
        initial=True,
        help_text=_("By as many days as the start moves. Completed items stay where they are."),
    )
    why = forms.CharField(
        label=_("Why the dates move"), max_length=300, required=False, help_text=_("It is kept in the phase's history.")
    )
    aim = WordsFormField(label=_("Aim"), required=False, rows=3)

    def __init__(self, *args: Any, phase: Phase, **more: Any) -> None:
        names = ("title", "aim", "start_on", "end_on")
        more["initial"] = {name: getattr(phase, name) for name in names}
        super().__init__(*args, **more)
        self.remember()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        start, end = cleaned.get("start_on"), cleaned.get("end_on")
        if start and end and end < start:
            self.add_error("end_on", LAST_DAY_EARLY)
        return cleaned


class WhenForm(TitledForm):
    """What has a day, and perhaps a time and an end."""

    on = DayField(label=_("Date"))
    at = forms.TimeField(label=_("Time"), required=False, widget=ClockInput)
    until_at = forms.TimeField(label=_("End"), required=False, widget=ClockInput)
    until_on = DayField(label=_("Last day"), required=False, help_text=_("Only if it takes several days."))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        on, at = cleaned.get("on"), cleaned.get("at")
        until_on, until_at = cleaned.get("until_on"), cleaned.get("until_at")
        if on and until_on and until_on < on:
            self.add_error("until_on", LAST_DAY_EARLY)
        elif until_at and not at:
            self.add_error("at", _("It has an end but no start. Please say when it starts."))
        elif until_at and at and until_at <= at and not (until_on and on and until_on > on):
            self.add_error("until_at", ENDS_EARLY)
        return cleaned


class MilestoneForm(WhenForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=Milestone.Kind)
    place = forms.CharField(label=_("Location"), max_length=120, required=False, help_text=_("A room, a city, a call"))
    phase = forms.ModelChoiceField(
        queryset=Phase.objects.none(), label=_("Phase"), required=False, empty_label=_("no phase")
    )

    def __init__(self, *args: Any, program: Program, milestone: Milestone | None = None, **more: Any) -> None:
        if milestone:
            names = ("title", "kind", "on", "at", "until_on", "until_at", "place", "phase")
            more["initial"] = {name: getattr(milestone, name) for name in names}
        super().__init__(*args, **more)
        self.order_fields(["title", "kind"])
        self.fields["phase"].queryset = queries.phases_of(program)  # type: ignore[attr-defined]
        if milestone:
            self.remember()
