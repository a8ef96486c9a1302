from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.kit import languages
from core.kit.editing_together import SharedForm
from core.kit.forms import Form
from core.kit.markdown import validate_links
from core.kit.word_fields import WordsFormField
from programs.leitbild import queries
from programs.leitbild.counting import Counted, first_text
from programs.leitbild.models import MOST_VOTES, QUESTION, LeitbildWorkshop
from programs.leitbild.sentences import LONGEST, TITLE, choices_of, headings
from programs.leitbild.services import SORTED
from programs.membership.models import Program
from programs.phases.models import Milestone

STATEMENT = 4000


def usual_question() -> dict[str, str]:
    texts = {}
    for code in languages.codes():
        with translation.override(code):
            texts[code] = gettext("What do we stand for when we talk about our work in public?")
    return texts


class WorkshopForm(Form):
    """The question that people answer, and the date to which the workshop belongs."""

    question = WordsFormField(label=_("Question"), max_length=QUESTION)
    milestone = forms.ModelChoiceField(
        label=_("Date"),
        queryset=Milestone.objects.none(),
        required=False,
        empty_label=_("no date"),
        help_text=_("For example, the event where you work on it. It is shown with a link."),
    )

    def __init__(self, *args: Any, program: Program, today: date, **more: Any) -> None:
        super().__init__(*args, **({"initial": {"question": usual_question()}} | more))
        self.fields["milestone"].queryset = queries.dates_ahead(program, today)  # type: ignore[attr-defined]


class WorkshopChangeForm(SharedForm):
    """The question, until people vote on the answers, and the date."""

    question = WorkshopForm.base_fields["question"]
    milestone = WorkshopForm.base_fields["milestone"]

    def __init__(self, *args: Any, workshop: LeitbildWorkshop, today: date, **more: Any) -> None:
        more["initial"] = {"question": workshop.question, "milestone": workshop.milestone_id}
        super().__init__(*args, **more)
        dates = queries.dates_ahead(workshop.program, today, also=workshop.milestone_id)
        self.fields["milestone"].queryset = dates  # type: ignore[attr-defined]
        typed = any(name.startswith("question") for name in self.data)  # written before voting began, sent after that
        if workshop.state not in SORTED and not typed:
            del self.fields["question"]
        self.remember()


class SentenceForm(Form):
    """A plain field: a draft, or names in it, would be kept with a person."""

    text = forms.CharField(
        label=_("Your sentence"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
        error_messages={"required": _("Please write something: a few words are enough.")},
    )


class BallotForm(Form):
    """Up to three of what there is to choose from; nothing withdraws the votes."""

    items = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("This is no longer one of the choices. Please choose again.")},
    )

    def __init__(self, *args: Any, workshop: LeitbildWorkshop, **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["items"]
        field.choices = [(row.key, row.label) for row in choices_of(workshop)]

    def clean_items(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["items"]
        if len(set(chosen)) > MOST_VOTES:
            raise ValidationError(_("You have three votes. Please take some away."), code="too_many")
        return chosen


class HeadingForm(Form):
    title = forms.CharField(label=_("Heading"), max_length=TITLE, widget=forms.TextInput(attrs={"autocomplete": "off"}))


class PutForm(Form):
    """Under which heading a sentence goes."""

    group = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, workshop: LeitbildWorkshop, **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["group"]
        field.choices = [("", ""), *((row["key"], row["title"]) for row in headings(workshop))]


class StatementForm(SharedForm):
    """The text that the team agrees on."""

    text = WordsFormField(label=_("Guiding statement"), rows=12, max_length=STATEMENT)

    def __init__(self, *args: Any, workshop: LeitbildWorkshop, rows: list[Counted], **more: Any) -> None:
        """Nobody starts from nothing: a first text is made of the sentences in front."""
        text = workshop.text if workshop.text.texts else {languages.current(): first_text(rows)}
        more["initial"] = {"text": text}
        super().__init__(*args, **more)
        self.remember()

    def clean_text(self) -> dict[str, str]:
        texts: dict[str, str] = self.cleaned_data["text"]
        for text in texts.values():
            validate_links(text)
        return texts
