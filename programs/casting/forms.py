from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.kit.editing_together import SharedForm
from core.kit.forms import SEVERAL, DayField, Form
from core.kit.word_fields import WordsFormField
from programs.casting.models import PLACE, TEXT, TITLE, TOPICS, Call, Experience, Position, SeatFate
from programs.casting.queries import INTERESTS_ON_A_PAGE
from programs.casting.self_check import Said, questions
from programs.casting.services import GIVEN
from programs.casting.texts import MAILS, PARTS
from programs.directory.words import nearby_first
from programs.generations.models import Generation

ONE_EACH = gettext_lazy("One thing on each line.")


class Dates(Form):
    opens_on = DayField(label=gettext_lazy("Opens on"))
    closes_on = DayField(label=gettext_lazy("Open until"), help_text=gettext_lazy("The last day to show interest."))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        opens, closes = data.get("opens_on"), data.get("closes_on")
        if opens and closes and closes < opens:
            self.add_error("closes_on", ValidationError(_("This day is before the call opens.")))
        return data


class NewCallForm(Dates):
    """For which generation, and when; the texts are there already and can be changed."""

    generation = forms.ModelChoiceField(
        label=gettext_lazy("Generation"), queryset=Generation.objects.none(), empty_label=None
    )

    field_order = ("generation", "opens_on", "closes_on")

    def __init__(self, *args: Any, generations: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["generation"].queryset = generations  # type: ignore[attr-defined]


class CallForm(SharedForm, Dates):
    """What the call says."""

    title = WordsFormField(label=gettext_lazy("The call in one sentence"), max_length=TITLE)
    why = WordsFormField(label=gettext_lazy("Why"), required=False, rows=4, max_length=TEXT)
    benefit = WordsFormField(
        label=gettext_lazy("What people get"), required=False, rows=5, max_length=TEXT, help_text=ONE_EACH
    )
    privileges = WordsFormField(
        label=gettext_lazy("Privileges"), required=False, rows=3, max_length=TEXT, help_text=ONE_EACH
    )
    criteria = WordsFormField(
        label=gettext_lazy("What people bring"), required=False, rows=4, max_length=TEXT, help_text=ONE_EACH
    )
    voluntary = WordsFormField(label=gettext_lazy("How voluntary it is"), required=False, rows=4, max_length=TEXT)
    choosing = WordsFormField(label=gettext_lazy("How we decide"), required=False, rows=3, max_length=TEXT)

    field_order = ("opens_on", "closes_on", *PARTS)

    def __init__(self, *args: Any, call: Call, **more: Any) -> None:
        more["initial"] = {name: getattr(call, name) for name in self.field_order}
        super().__init__(*args, **more)
        self.remember()


class AnswersForm(SharedForm):
    """The two mails; places go out as invitations."""

    waiting_text = WordsFormField(label=gettext_lazy("Waiting list"), rows=10, max_length=TEXT)
    decline_text = WordsFormField(label=gettext_lazy("Not this time"), rows=10, max_length=TEXT)

    def __init__(self, *args: Any, call: Call, **more: Any) -> None:
        more["initial"] = {name: getattr(call, name) for name in MAILS}
        super().__init__(*args, **more)
        told = _("In braces: {name}, {program}, {generation}, {contact}. They are filled in for each person.")
        for name in MAILS:
            self.fields[name].help_text = told
        self.remember()


class FateForm(Form):
    fate = forms.ChoiceField(choices=SeatFate.choices, required=False)


class SeveralForm(Form):
    """What is thought of several people at once."""

    do = forms.ChoiceField(choices=[("open", ""), *SeatFate.choices[1:]])
    pk = forms.TypedMultipleChoiceField(
        coerce=UUID, error_messages={"required": gettext_lazy("Nobody was selected. Please choose people first.")}
    )

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.fields["pk"].choices = [(key, "") for key in data.getlist("pk")[:INTERESTS_ON_A_PAGE]]  # type: ignore[attr-defined]

    @property
    def fate(self) -> str:
        return "" if self.cleaned_data["do"] == "open" else str(self.cleaned_data["do"])


class AddressForm(Form):
    """Without an account, the address is confirmed first."""

    email = forms.EmailField(
        label=gettext_lazy("Email address at work"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=gettext_lazy("You get a link there. It is the same for every address, known here or not."),
    )


class InterestForm(Form):
    """A minute on the phone. Each answer is voluntary and serves the mix; without the consent nothing is kept."""

    name = forms.CharField(
        label=gettext_lazy("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    site = forms.CharField(label=gettext_lazy("Where do you work?"), max_length=PLACE, required=False)
    department = forms.CharField(label=gettext_lazy("In which department?"), max_length=PLACE, required=False)
    topics = forms.CharField(
        label=gettext_lazy("What would you like to talk about?"),
        max_length=TOPICS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    experience = forms.ChoiceField(
        label=gettext_lazy("How much have you written online so far?"),
        choices=Experience.choices,
        required=False,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("“Nothing” is welcome: we want a mixed group."),
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("In which languages?"),
        choices=nearby_first,
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 4}),
        help_text=SEVERAL,
    )
    position = forms.ChoiceField(
        label=gettext_lazy("Where do you see yourself?"),
        choices=[("", gettext_lazy("I don't know yet")), *Position.choices],
        required=False,
    )
    agrees = forms.BooleanField(
        label=gettext_lazy("Program managers may read this to put the group together."),
        error_messages={
            "required": gettext_lazy("Nothing is stored without your consent. Tick the box, or leave the page.")
        },
        help_text=gettext_lazy(
            "You can change it until the call closes, and withdraw it with one tap until you have an answer."
        ),
    )

    def __init__(self, *args: Any, has_name: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if has_name:
            del self.fields["name"]

    @property
    def given(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in GIVEN}


class SelfCheckForm(Form):
    """The five answers. They are read, answered and forgotten."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for question in questions():
            self.fields[question.key] = forms.ChoiceField(
                label=question.text, choices=Said.choices, required=False, widget=forms.RadioSelect
            )
