from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from analytics.dashboards.words import month_and_year
from analytics.reports.block_fields import BlocksField
from analytics.reports.layouts import Ready
from analytics.reports.models import Report
from analytics.reports.models_schedule import LAST_DAY, USUAL_DAY, ReportSchedule
from analytics.reports.sharing import LONGEST
from core.kit.editing_together import SharedForm
from core.kit.forms import DayField, DayInput, Form, ModelForm
from core.kit.word_fields import WordsInput
from core.people.models import User
from core.people.picker import PeopleField
from programs.generations.models import Generation

AT_ONCE = "at_once"  # no schedule: as soon as it is frozen
MOST_WORDS = 2000  # characters of an answer


def _focus_what_is_wrong(form: Form) -> None:
    """The form stands far down the page it came back on: the browser goes to the field, also without scripts."""
    if "text" in form.errors:
        form.fields["text"].widget.attrs["autofocus"] = True


class AnswerForm(Form):
    """What an executive says to the decision: agree, with or without words, or ask back, which takes some."""

    answer = forms.ChoiceField(choices=[("agreed", _("Agree")), ("asked", _("Ask back"))], widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Your words"),
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Everybody who reads reports can read them. Needed when you ask back."),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("answer") == "asked" and not found.get("text"):
            self.add_error("text", _("Please write what you want to know."))
        _focus_what_is_wrong(self)
        return found


class AnswerToQuestionForm(Form):
    """What the program team says to a question."""

    text = forms.CharField(
        label=_("Your answer"),
        max_length=MOST_WORDS,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Everybody who reads reports can read it."),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        _focus_what_is_wrong(self)
        return found


class TemplateForm(SharedForm):
    """Blocks in an order under a name."""

    name = forms.CharField(label=_("Name"), max_length=60)
    blocks = BlocksField(
        help_text=_("Tick what the report shows. Drag a block, press Shift and an arrow key, or use the arrows.")
    )

    def __init__(self, *args: Any, move_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["blocks"].move_url = f"{move_url}#id_blocks"  # type: ignore[attr-defined]
        if self.initial:
            self.remember()


class ScheduleForm(SharedForm):
    """When reports go by email, and to whom: people who may read them, no lists."""

    rhythm = forms.ChoiceField(
        label=_("When"),
        choices=[(AT_ONCE, _("An hour after it is frozen, to all executives")), *ReportSchedule.Rhythm.choices],
        widget=forms.RadioSelect,
    )
    day = forms.IntegerField(
        label=_("Day of the month"),
        min_value=1,
        max_value=LAST_DAY,
        error_messages=dict.fromkeys(
            ("min_value", "max_value"), _("Please choose a day from 1 to 28: every month has those.")
        ),
        help_text=_(
            "From 1 to 28. The report of the month before is sent on this day, or later, an hour after it is frozen."
        ),
    )
    people = PeopleField(
        label=_("Who gets it"),
        queryset=User.objects.none(),
        required=False,
        help_text=_("People with a role that reads reports. Everybody who reads reports sees who gets them."),
    )

    def __init__(self, *args: Any, readers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = readers  # type: ignore[attr-defined]
        self.remember()

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("rhythm") in ReportSchedule.Rhythm and not found.get("people"):
            self.add_error("people", _("Please choose at least one person."))
        if found.get("rhythm") == AT_ONCE:  # goes to all executives at once: what else was filled in means nothing
            for name in ("day", "people"):
                self.errors.pop(name, None)
            found |= {"rhythm": "", "day": USUAL_DAY, "people": []}
        return found


class ShareForm(Form):
    """Until when a report can be read by a link."""

    ends_on = DayField(label=_("Until"), help_text=_("The last day, 90 days from today at most."))

    def clean_ends_on(self) -> date:
        day: date = self.cleaned_data["ends_on"]
        today = timezone.localdate()
        if not today <= day <= today + LONGEST:
            raise ValidationError(_("Please choose a day within the next 90 days."))
        return day


class ReportForm(ModelForm):
    """What the program manager adds to the figures: a headline and the decision that is wanted."""

    month = forms.TypedChoiceField(
        label=_("Month"),
        coerce=date.fromisoformat,
        help_text=_("This month's figures are frozen as they are now."),
    )

    generation = forms.TypedChoiceField(
        label=_("Whose figures"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Generations of which a month is published. What is published of everybody alone is left out."),
    )
    blocks = BlocksField(
        help_text=_("Tick what the report shows. Drag a block, press Shift and an arrow key, or use the arrows.")
    )
    keep_as = forms.CharField(
        label=_("Save these blocks as a template named"),
        required=False,
        max_length=60,
        help_text=_("To start the next report from them."),
    )

    class Meta:
        model = Report
        fields = ("month", "headline", "decision", "decision_until", "notes")
        labels = {  # noqa: RUF012  # Django reads it once
            "headline": _("Headline"),
            "decision": _("Decision you need"),
            "decision_until": _("Decision needed by"),
            "notes": _("Notes"),
        }
        help_texts = {  # noqa: RUF012 - Django reads it as it stands
            "headline": _("One sentence, suggested from the figures. Replace it if you have a better one."),
            "decision": _("Leave it empty if there is nothing to decide."),
            "notes": _("Words of your own beside the figures. Please write about nobody by name."),
        }
        widgets = {  # noqa: RUF012 - the same
            "decision": WordsInput(rows=3),
            "notes": WordsInput(rows=3),
            "decision_until": DayInput,
        }

    def __init__(
        self,
        *args: Any,
        months: Sequence[date],
        templates: Sequence[Ready] = (),
        move_url: str = "",
        generations: Sequence[tuple[Generation, Sequence[date]]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["blocks"].templates = templates  # type: ignore[attr-defined]
        self.fields["blocks"].move_url = f"{move_url}#id_blocks"  # type: ignore[attr-defined]
        self.published = {generation.pk: found for generation, found in generations}
        self.fields["generation"].choices = [  # type: ignore[attr-defined]
            ("", _("Everybody")),
            *((generation.pk, generation.name) for generation, _months in generations),
        ]
        if not generations:
            del self.fields["generation"]
        choices = [(month.isoformat(), month_and_year(month)) for month in months]
        self.fields["month"].choices = choices  # type: ignore[attr-defined]
        self.fields["month"].widget.attrs |= {  # the suggestion follows the month; what was typed stays
            "hx-include": "closest form",
            "hx-params": "not csrfmiddlewaretoken,once",
            "hx-target": "closest form",
            "hx-select": "#content form.fields",
            "hx-swap": "outerHTML",
        }

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("decision_until") and not found.get("decision"):
            self.add_error("decision_until", _("Say what needs to be decided, or leave the date empty."))
        generation = found.setdefault("generation", None)
        if generation and found.get("month") and found["month"] not in self.published[generation]:
            self.add_error("generation", _("Of this generation nothing is published for this month."))
        return found
