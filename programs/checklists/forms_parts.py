"""Adding, splitting and removing phases."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.kit.forms import LAST_DAY_EARLY, DayField, Form
from core.kit.templatetags.ui import day as as_day
from core.kit.word_fields import WordsFormField
from programs.checklists.models import Item
from programs.membership.models import Program
from programs.phases.models import Phase


class NewPhaseForm(Form):
    title = WordsFormField(label=gettext_lazy("Title"), max_length=200)
    start_on = DayField(label=gettext_lazy("Start"))
    end_on = DayField(label=gettext_lazy("End"))
    after = forms.ModelChoiceField(
        queryset=Phase.objects.none(),
        label=gettext_lazy("Behind"),
        required=False,
        empty_label=gettext_lazy("as the first phase"),
    )
    aim = WordsFormField(label=gettext_lazy("Aim"), required=False, rows=3)

    def __init__(self, *args: Any, program: Program, **more: Any) -> None:
        rows = Phase.objects.filter(program=program)
        more["initial"] = {"after": rows.last()}
        super().__init__(*args, **more)
        self.fields["after"].queryset = rows  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        start, end = cleaned.get("start_on"), cleaned.get("end_on")
        if start and end and end < start:
            self.add_error("end_on", LAST_DAY_EARLY)
        return cleaned


class SplitForm(Form):
    on = DayField(
        label=gettext_lazy("First day of the second part"),
        help_text=gettext_lazy("The first part ends the day before. Dates from this day on move to the second part."),
    )
    title = WordsFormField(label=gettext_lazy("Title of the second part"), max_length=200)
    items = forms.ModelMultipleChoiceField(
        queryset=Item.objects.none(),
        label=gettext_lazy("Items of the second part"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Everything else stays in the first part. Evidence and comments move with their items."),
    )

    def __init__(self, *args: Any, phase: Phase, **more: Any) -> None:
        middle = phase.start_on + (phase.end_on - phase.start_on) / 2
        rows = Item.objects.present().filter(phase=phase)
        chosen = [item.pk for item in rows if item.is_open and (item.due_on is None or item.due_on >= middle)]
        more["initial"] = {"on": middle, "items": chosen}
        super().__init__(*args, **more)
        self.phase = phase
        self.fields["items"].queryset = rows  # type: ignore[attr-defined]
        if not rows:
            del self.fields["items"]

    def clean_on(self) -> Any:
        on, phase = self.cleaned_data["on"], self.phase
        if not phase.start_on < on <= phase.end_on:
            told = _("Please choose a day after %(start)s and no later than %(end)s.")
            raise forms.ValidationError(told % {"start": as_day(phase.start_on), "end": as_day(phase.end_on)})
        return on


class RemoveForm(Form):
    into = forms.ModelChoiceField(
        queryset=Phase.objects.none(),
        label=gettext_lazy("Items and dates move to"),
        empty_label=None,
        help_text=gettext_lazy("With evidence, comments and owners. You can undo it for 30 days."),
    )

    def __init__(self, *args: Any, phase: Phase, **more: Any) -> None:
        others = Phase.objects.filter(program=phase.program_id).exclude(pk=phase.pk)
        before = others.filter(position__lt=phase.position).last()
        more["initial"] = {"into": before or others.first()}
        super().__init__(*args, **more)
        self.fields["into"].queryset = others  # type: ignore[attr-defined]


class MoveForm(Form):
    """Where a bar of the timeline was, and where it was put."""

    was_start = DayField()
    was_end = DayField()
    start_on = DayField()
    end_on = DayField()
