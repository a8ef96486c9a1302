"""A question of the guide is a form; what it holds is kept as JSON."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.kit.editing_together import SharedForm
from core.kit.forms import LINK_ERROR, LINK_HELP, DayField, Form
from core.kit.languages import localised
from core.kit.word_fields import WordsFormField
from programs.directory.words import languages
from programs.guide import fitting
from programs.guide.answers import WEEKLY, next_monday
from programs.guide.experience import PARTS
from programs.guide.models import Concept, CouncilState, NeededDocument, Size
from programs.guide.models_checks import CheckDecision, EarlyCheck
from programs.membership.models import Country, Program

NEARBY = ("de", "en", "fr", "it", "es", "pl", "cs", "tr")  # of the world's languages, those offered at first sight


def offered_languages() -> list[tuple[str, str]]:
    named = dict(languages())
    return [(code, named[code]) for code in NEARBY if code in named]


class QuestionForm(Form):
    """Shows what was answered before."""

    def __init__(self, *args: Any, said: Mapping[str, Any], **more: Any) -> None:
        more["initial"] = dict(said)
        super().__init__(*args, **more)

    def answer(self) -> dict[str, Any]:
        """As the sketch keeps it."""
        return {
            name: value.isoformat() if isinstance(value, date) else value for name, value in self.cleaned_data.items()
        }


class WhyForm(QuestionForm):
    goal_1 = forms.CharField(label=_("First goal"), max_length=160, required=False)
    goal_2 = forms.CharField(label=_("Second goal"), max_length=160, required=False)
    goal_3 = forms.CharField(
        label=_("Third goal"),
        max_length=160,
        required=False,
        help_text=_("At most three. The order decides when time or budget runs short."),
    )
    reason = forms.CharField(
        label=_("Why now"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The problem or the opportunity in one sentence."),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for rank in (1, 2, 3):
            self.fields[f"goal_{rank}"].widget.attrs["list"] = "goals"

    @property
    def suggestions(self) -> list[str]:
        return [localised(row["title"]) for row in fitting.file()["goals"]]


class WhomForm(QuestionForm):
    audiences = forms.MultipleChoiceField(
        label=_("Whom should the program reach?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    audience = forms.CharField(label=_("Somebody else"), max_length=160, required=False)

    def __init__(self, *args: Any, said: Mapping[str, Any], **more: Any) -> None:
        offered = [localised(row["title"]) for row in fitting.file()["audiences"]]
        # what was chosen in another language stays to be chosen
        offered += [each for each in said.get("audiences", []) if each not in offered]
        super().__init__(*args, said=said, **more)
        self.fields["audiences"].choices = [(each, each) for each in offered]  # type: ignore[attr-defined]


class ManyForm(QuestionForm):
    size = forms.ChoiceField(
        label=_("How many people take part in the first year?"), choices=Size, widget=forms.RadioSelect
    )
    pilot = forms.ChoiceField(
        label=_("Will you start with a pilot group?"),
        choices=[
            ("yes", _("yes, a small mixed group tries everything first")),
            ("no", _("no, we start with everybody")),
        ],
        initial="yes",
        widget=forms.RadioSelect,
        help_text=_("We advise a pilot if the topic is new to you."),
    )
    weekly_minutes = forms.IntegerField(
        label=_("Working time per week"),
        min_value=0,
        max_value=600,
        initial=WEEKLY,
        help_text=_("What each person may spend on the program. An hour a week is usual."),
        widget=forms.NumberInput(attrs={"data-unit": _("min"), "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, said: Mapping[str, Any], **more: Any) -> None:
        super().__init__(*args, said={"pilot": "yes", "weekly_minutes": WEEKLY, **said}, **more)


class WhereForm(QuestionForm):
    country = forms.ChoiceField(
        label=_("Which country's rules apply?"),
        choices=Country,
        widget=forms.RadioSelect,
        help_text=_("Determines public holidays, time zone and legal notes. You can change it later."),
    )
    languages = forms.MultipleChoiceField(
        label=_("In which languages do participants work?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["languages"].choices = offered_languages()  # type: ignore[attr-defined]


class CouncilForm(QuestionForm):
    council = forms.ChoiceField(label=_("Works council"), choices=CouncilState, widget=forms.RadioSelect)


class BackingForm(QuestionForm):
    backing = forms.ChoiceField(
        label=_("Top management"),
        choices=[
            ("given", _("has committed to the program")),
            ("asked", _("knows about it, and a commitment is still open")),
            ("nobody", _("has not been asked yet")),
        ],
        widget=forms.RadioSelect,
    )
    given_by = forms.CharField(
        label=_("Who committed"),
        max_length=120,
        error_messages={"required": _("Please say it in a few words: this is what counts later.")},
        help_text=_("A role or a body, e.g. “Board member for people”. No name is needed."),
    )
    promised = forms.CharField(
        label=_("What was promised"),
        max_length=500,
        error_messages={"required": _("Please say it in a few words: this is what counts later.")},
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For example time, money, a message to all employees, taking part in the reviews."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("backing") != "given":  # then both are out of sight
            for name in ("given_by", "promised"):
                self.errors.pop(name, None)
                cleaned.setdefault(name, "")
        return cleaned


class HelpersForm(QuestionForm):
    helpers = forms.MultipleChoiceField(
        label=_("Who helps or has a say?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        rows = fitting.file()["helpers"]
        self.fields["helpers"].choices = [(row["key"], localised(row["title"])) for row in rows]  # type: ignore[attr-defined]


class BeginForm(QuestionForm):
    name = forms.CharField(label=_("Name of the program"), max_length=80)
    company_name = forms.CharField(label=_("Company"), max_length=120)
    start_on = DayField(label=_("Start"), help_text=_("The first day of the first phase, not of the first post."))

    def __init__(self, *args: Any, said: Mapping[str, Any], **more: Any) -> None:
        super().__init__(*args, said={"start_on": next_monday(timezone.localdate()), **said}, **more)


class ConceptForm(SharedForm):
    """For whom, how many, in which languages, with which council."""

    audience = forms.CharField(
        label=_("For whom"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    size = forms.ChoiceField(
        label=_("How many people"), required=False, choices=[("", _("not known yet")), *Size.choices]
    )
    council = forms.ChoiceField(label=_("Works council"), choices=CouncilState)
    languages = forms.MultipleChoiceField(label=_("Languages"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, concept: Concept, **more: Any) -> None:
        more["initial"] = {name: getattr(concept, name) for name in self.base_fields}
        super().__init__(*args, **more)
        self.fields["languages"].choices = offered_languages()  # type: ignore[attr-defined]
        self.remember()


class DocumentForm(SharedForm):
    title = WordsFormField(label=_("Document"), max_length=160)
    hint = WordsFormField(label=_("Hint"), required=False, rows=2, max_length=300)
    is_there = forms.BooleanField(label=_("Available"), required=False)
    link = forms.URLField(
        label=_("Where to find it"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=LINK_HELP,
    )

    def __init__(self, *args: Any, document: NeededDocument | None = None, **more: Any) -> None:
        more["initial"] = {name: getattr(document, name) for name in self.base_fields} if document else {}
        super().__init__(*args, **more)
        if document:
            self.remember()

    def clean_link(self) -> str:
        link = str(self.cleaned_data["link"])
        if link:
            URLValidator(schemes=["https"], message=LINK_ERROR)(link)
            link = "https://" + link[len("https://") :]  # in lower case, whatever was typed
        return link


class CheckForm(SharedForm):
    """What somebody found, and what is decided."""

    together = ("finding", "decision")

    finding = forms.CharField(
        label=_("Finding"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What the signals and the work say about the program. Please do not name anybody."),
    )
    decision = forms.ChoiceField(label=_("Decision"), choices=CheckDecision, widget=forms.RadioSelect)

    def __init__(self, *args: Any, check: EarlyCheck, **more: Any) -> None:
        more["initial"] = {name: getattr(check, name) for name in self.base_fields}
        super().__init__(*args, **more)
        self.remember()


class CheckDayForm(SharedForm):
    """A day that lies ahead."""

    due_on = DayField(label=_("Day of the check"))

    def __init__(self, *args: Any, today: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.today = today
        self.remember()

    def clean_due_on(self) -> date:
        day: date = self.cleaned_data["due_on"]
        if day <= self.today:
            raise forms.ValidationError(_("Please choose a day that lies ahead."))
        return day


class ExperienceForm(Form):
    """From which program, and what of it."""

    source = forms.ChoiceField(label=_("Program"))
    parts = forms.MultipleChoiceField(
        label=_("Take over"), choices=PARTS, widget=forms.CheckboxSelectMultiple, initial=[key for key, _label in PARTS]
    )

    def __init__(self, *args: Any, programs: list[Program], **more: Any) -> None:
        super().__init__(*args, **more)
        self.programs = {each.slug: each for each in programs}
        self.fields["source"].choices = [(each.slug, each.name) for each in programs]  # type: ignore[attr-defined]

    def clean_source(self) -> Program:
        return self.programs[self.cleaned_data["source"]]
