from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from community.pulses import circles, questions, services
from community.pulses.models import LONGEST_COMMENT, LONGEST_THEME, PulseMoment, PulseRound
from community.pulses.questions import LIKELY, Question
from core.disclosure import gate
from core.kit.editing_together import SharedForm
from core.kit.forms import DayField, Form
from core.kit.word_fields import WordsFormField
from programs.generations.models import Generation
from programs.membership.models import Program
from programs.readiness.forms import AGREE

LONGEST_QUESTION, LONGEST_CONSEQUENCE = 160, 1500


class PulseForm(Form):
    """Whom a pulse asks, what, and in which days."""

    moment = forms.ChoiceField(
        label=gettext_lazy("When is it asked?"),
        choices=PulseMoment.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "In between, a pulse has up to three questions. Before, halfway through and after a pilot it may have more;"
            " ask the same ones, so that the results can be compared."
        ),
    )
    items = forms.MultipleChoiceField(
        label=gettext_lazy("Questions"), widget=forms.CheckboxSelectMultiple, required=False
    )
    own = WordsFormField(
        label=gettext_lazy("A question of your own"),
        required=False,
        max_length=LONGEST_QUESTION,
        help_text=gettext_lazy("A statement that people agree to from 1 to 5, in the languages people read."),
    )
    generation = forms.ModelChoiceField(
        Generation.objects.none(),
        label=gettext_lazy("Who is asked?"),
        required=False,
        empty_label=gettext_lazy("Everybody who takes part"),
    )
    opens_on = DayField(label=gettext_lazy("First day"))
    closes_on = DayField(
        label=gettext_lazy("Last day"),
        help_text=gettext_lazy("The result is there the next day. Nobody sees before how many have answered."),
    )
    asks_comment = forms.BooleanField(
        label=gettext_lazy("Ask for a comment"),
        required=False,
        help_text=gettext_lazy(
            "The team reads comments only if enough people write one, without their answers and in a random order."
            " Otherwise they are deleted unread."
        ),
    )

    def __init__(self, *args: Any, program: Program, today: date, like: PulseRound | None = None, **more: Any) -> None:
        more["initial"] = {"opens_on": today, "closes_on": today + services.USUAL} | (
            _as_before(like) if like else _usual()
        )
        super().__init__(*args, **more)
        self.program, self.today = program, today
        field = cast("forms.ModelChoiceField[Generation]", self.fields["generation"])
        field.queryset = Generation.objects.filter(program=program)
        items = cast("forms.MultipleChoiceField", self.fields["items"])
        items.choices = [(each.key, f"{each.name}: {each.text}") for each in questions.offered()]

    def clean_opens_on(self) -> date:
        opens: date = self.cleaned_data["opens_on"]
        if opens < self.today:
            raise ValidationError(_("This day is over. A pulse can open today at the earliest."))
        return opens

    def clean_generation(self) -> Generation | None:
        """The team knows who takes part by name, so that it may read how many that are."""
        generation: Generation | None = self.cleaned_data["generation"]
        least = services.least(self.program)
        count = gate.named(circles.circle(self.program, generation).count()).low
        if count < least:
            told = ngettext(
                "%(count)s person takes part there. A pulse needs at least %(least)s people, so that nobody can be"
                " recognised. Ask everybody instead, or wait until more take part.",
                "%(count)s people take part there. A pulse needs at least %(least)s people, so that nobody can be"
                " recognised. Ask everybody instead, or wait until more take part.",
                count,
            )
            raise ValidationError(told % {"count": count, "least": least})
        return generation

    def clean(self) -> dict[str, Any] | None:
        super().clean()
        given = self.cleaned_data
        opens, closes = given.get("opens_on"), given.get("closes_on")
        if opens and closes and not services.SHORTEST <= closes - opens <= services.LONGEST:
            self.add_error("closes_on", _("Please choose a day two days to six weeks after the first one."))
        count = len(self.asks)
        if not count:
            self.add_error("items", _("Please choose at least one question."))
        elif given.get("moment") == PulseMoment.WEEKLY and count > questions.MOST_IN_BETWEEN:
            self.add_error("items", _("Three questions at most, so that it stays at 20 seconds."))
        return given

    @property
    def asks(self) -> list[Question]:
        found = questions.chosen(self.cleaned_data.get("items", []))
        own = self.cleaned_data.get("own")
        return [*found, questions.own(own)] if own and any(text.strip() for text in own.values()) else found


def _usual() -> dict[str, Any]:
    return {"moment": PulseMoment.WEEKLY, "items": questions.usual(PulseMoment.WEEKLY)}


def _as_before(like: PulseRound) -> dict[str, Any]:
    """The same questions to the same people again."""
    asked = services.asked(like)
    own = next((each.text.texts for each in asked if each.key == questions.OWN), None)
    return {
        "moment": like.moment,
        "items": [each.key for each in asked],
        "own": own,
        "generation": like.generation_id,
        "asks_comment": like.asks_comment,
    }


class AnswerForm(Form):
    """Each question may be left out; a comment only where the pulse asks for one."""

    def __init__(self, *args: Any, pulse: PulseRound, **more: Any) -> None:
        super().__init__(*args, **more)
        self.asks = services.asked(pulse)
        for each in self.asks:
            choices = [(value, value if each.kind == LIKELY else AGREE[value]) for value in each.values]
            self.fields[each.key] = forms.TypedChoiceField(
                label=each.text, coerce=int, empty_value=None, choices=choices, widget=forms.RadioSelect, required=False
            )
        if pulse.asks_comment:
            self.fields["comment"] = forms.CharField(
                label=_("Would you like to add something?"),
                required=False,
                max_length=LONGEST_COMMENT,
                widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
                help_text=_(
                    "Do not name yourself, nor anything that only you know. The team reads comments if enough people"
                    " write one; how somebody writes may be recognised."
                ),
            )

    @property
    def answers(self) -> dict[str, int]:
        given = ((each.key, self.cleaned_data.get(each.key)) for each in self.asks)
        return {key: value for key, value in given if value is not None}

    @property
    def written(self) -> str:
        return str(self.cleaned_data.get("comment", ""))


class ConsequenceForm(SharedForm):
    consequence = WordsFormField(
        label=gettext_lazy("What do you do with it?"),
        required=False,
        max_length=LONGEST_CONSEQUENCE,
        rows=6,
        help_text=gettext_lazy(
            "What you heard, what changes and from when, and what does not, with the reason. Everybody who reads the"
            " result reads this first."
        ),
    )

    def __init__(self, *args: Any, pulse: PulseRound, **more: Any) -> None:
        super().__init__(*args, initial={"consequence": pulse.consequence.texts}, **more)
        self.remember()


class ThemeForm(Form):
    theme = forms.CharField(label=gettext_lazy("Theme"), required=False, max_length=LONGEST_THEME)
