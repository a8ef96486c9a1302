from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.kit.editing_together import SharedForm
from core.kit.forms import DayField, Form
from programs.readiness import survey
from programs.readiness.services import LONGEST, SHORTEST, USUAL

AGREE = {
    1: gettext_lazy("not at all"),
    2: gettext_lazy("rather not"),
    3: gettext_lazy("partly"),
    4: gettext_lazy("mostly"),
    5: gettext_lazy("fully"),
}


class RoundForm(SharedForm):
    """Until when one can answer."""

    closes_on = DayField(
        label=gettext_lazy("Last day to answer"),
        help_text=gettext_lazy("Two weeks are usual. The result is available the next day."),
    )

    def __init__(self, *args: Any, opened_on: date, today: date, closes_on: date | None = None, **more: Any) -> None:
        more["initial"] = {"closes_on": closes_on or opened_on + USUAL}
        super().__init__(*args, **more)
        self.opened_on, self.today = opened_on, today
        if closes_on:
            self.remember()

    def clean_closes_on(self) -> date:
        closes: date = self.cleaned_data["closes_on"]
        if not SHORTEST <= closes - self.opened_on <= LONGEST:
            raise ValidationError(_("Please choose a day five days to six weeks after the survey opened."))
        if closes < self.today:
            raise ValidationError(_("This day is over. To end the survey today, close it."))
        return closes


class SurveyForm(Form):
    """One statement after the other; each has to be answered, since a mean of some would be one of fewer people."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for field in survey.fields():
            for each in field.statements:
                self.fields[each.key] = forms.TypedChoiceField(
                    label=each.text,
                    coerce=int,
                    choices=each.choices or [(value, AGREE[value]) for value in survey.SCALE],
                    widget=forms.RadioSelect,
                    error_messages={"required": _("Please choose an answer.")},
                )

    @property
    def answers(self) -> dict[str, int]:
        return dict(self.cleaned_data)
