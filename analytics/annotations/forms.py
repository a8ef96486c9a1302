from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from analytics.annotations.models import TimelineNote
from analytics.annotations.queries import MOST_ON_TIME_LINE, notes_of
from core.kit.editing_together import SharedForm
from core.kit.forms import DayField
from core.kit.word_fields import WordsFormField
from programs.membership.models import Program

SPANS = (("day", gettext_lazy("On this day")), ("week", gettext_lazy("In the week of this day")))


class NoteForm(SharedForm):
    """What happened, and when. What lies ahead belongs into the plan of the program."""

    together = ("on", "span")
    made_of = {"is_week": ("span",)}  # noqa: RUF012 - as its base has it

    on = DayField(label=gettext_lazy("Day"), help_text=gettext_lazy("Today at the latest: a note says what happened."))
    span = forms.ChoiceField(label=gettext_lazy("When"), choices=SPANS, initial="day", widget=forms.RadioSelect)
    text = WordsFormField(
        label=gettext_lazy("Note"),
        max_length=80,
        help_text=gettext_lazy(
            "A few words: “LinkedIn changed its ranking”. One language is enough. Everybody in the program reads it, "
            "and reports keep it: do not name anybody’s figures, or who did well or badly."
        ),
    )

    def __init__(self, *args: Any, program: Program, note: TimelineNote | None = None, **kwargs: Any) -> None:
        if note:
            kwargs["initial"] = {"on": note.on, "span": "week" if note.is_week else "day", "text": note.text}
        super().__init__(*args, **kwargs)
        self.program, self.is_new = program, note is None
        if note:
            self.remember()

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError(_("This day is still ahead."))
        return on

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if self.is_new and notes_of(self.program).count() >= MOST_ON_TIME_LINE:
            raise forms.ValidationError(_("There are %(most)s notes already.") % {"most": MOST_ON_TIME_LINE})
        if "span" in values:
            values["is_week"] = values.pop("span") == "week"
        return values
