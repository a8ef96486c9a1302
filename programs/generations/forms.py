from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Case, When
from django.utils.translation import gettext_lazy as _

from core.kit import languages
from core.kit.drawn import is_stored
from core.kit.editing_together import Shared
from core.kit.forms import LAST_DAY_EARLY, DayInput, Form, ModelForm
from core.people.models import User
from core.people.picker import PersonField
from programs.consents import notices
from programs.consents.models import Purpose
from programs.generations import roster_reading
from programs.generations.models import Generation
from programs.generations.roster_entries import MOST_BYTES
from programs.membership.access import Ability
from programs.membership.models import Membership, Program
from programs.membership.queries import people_with


class GenerationForm(Shared, ModelForm):
    """A generation's name, dates, places and contact person."""

    contact = PersonField(
        label=_("Contact person"),
        queryset=Membership.objects.none(),
        required=False,
        empty_label=_("the person sending the invitation"),
        help_text=_("The invitation names this person for questions."),
    )

    class Meta:
        model = Generation
        fields = ("name", "start_on", "end_on", "places", "contact")
        widgets: ClassVar = {"start_on": DayInput, "end_on": DayInput}
        labels: ClassVar = {"name": _("Name"), "start_on": _("Start"), "end_on": _("End"), "places": _("Places")}

    def __init__(self, *args: Any, program: Program, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.program = program
        people = people_with(Ability.WORK_ON_CHECKLISTS, program).order_by("user__name", "pk")
        self.fields["contact"].queryset = people  # type: ignore[attr-defined]
        self.fields["places"].min_value = 1  # type: ignore[attr-defined]
        self.fields["places"].widget.attrs |= {"min": 1, "inputmode": "numeric"}
        if is_stored(self.instance):
            self.remember()

    def clean_places(self) -> int:
        places = self.cleaned_data["places"]
        if places < 1:
            raise ValidationError(_("A generation needs at least one place."))
        return int(places)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        start, end = values.get("start_on"), values.get("end_on")
        if start and end and end < start:
            self.add_error("end_on", LAST_DAY_EARLY)
        return values


class NewGenerationForm(GenerationForm):
    """What it starts with, and whose onboarding path it takes over."""

    path_of = forms.ModelChoiceField(
        label=_("Onboarding path"),
        queryset=Generation.objects.none(),
        required=False,
        empty_label=_("the supplied one with seven steps"),
        help_text=_("Take over what you have learned with an earlier generation. You choose new dates."),
    )

    def __init__(self, *args: Any, program: Program, led: Sequence[Program] = (), **kwargs: Any) -> None:
        """`led`: other programs of the same person, whose paths can be taken over as well."""
        super().__init__(*args, program=program, **kwargs)
        field: Any = self.fields["path_of"]
        rows = Generation.objects.present().filter(program__in=[program, *led]).select_related("program")
        field.queryset = rows.order_by(Case(When(program=program, then=0), default=1), "program__name", "-number")
        field.label_from_instance = lambda row: (
            _("as in %(generation)s")
            % {"generation": row.name if row.program_id == program.pk else f"{row.name} ({row.program})"}
        )
        if not field.queryset:
            del self.fields["path_of"]


class RosterForm(Form):
    """People to invite: pasted or as a file."""

    text = forms.CharField(
        label=_("Paste addresses"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "autocomplete": "off"}),
        help_text=_("One per line or separated by commas; “Anna Berg &lt;anna.berg@company.com&gt;” works too."),
    )
    file = forms.FileField(
        label=_("Or choose a file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv,.txt,.tsv,text/csv"}),
        help_text=_(
            "An Excel or CSV file with an “Email” column, as exported from your directory or HR system. At most 5 MB."
        ),
    )

    def clean_file(self) -> "UploadedFile[bytes] | None":
        file: UploadedFile[bytes] | None = self.cleaned_data.get("file")
        if file is not None and (file.size or 0) > MOST_BYTES:
            told = _("This file is %(size)s MB; the limit is 5 MB. Please split the list.")
            raise ValidationError(told, params={"size": f"{(file.size or 0) / 1024 / 1024:.1f}"})
        return file

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        file, text = values.get("file"), (values.get("text") or "").strip()
        if self.errors:
            return values
        if not file and not text:
            raise ValidationError(_("Please paste addresses or choose a file."))
        if file and text:
            raise ValidationError(_("Please either paste addresses or choose a file, not both."))
        try:
            values["listed"] = roster_reading.of_file(file) if file else roster_reading.of_text(values["text"])
        except ValidationError as error:
            self.add_error("file" if file else "text", error)
        return values

    @property
    def source(self) -> str:
        """Where the list came from: the file's name, or nothing for a pasted one."""
        file = self.cleaned_data.get("file")
        return (file.name or "")[-200:] if file else ""


class LanguageForm(Form):
    """In which language people are invited who have no account yet."""

    language = forms.ChoiceField(
        label=_("Language of the invitation"),
        choices=languages.choices,
        help_text=_("For everybody whose language is not given by an account or the list."),
    )


class JoinForm(Form):
    """What a person chooses when joining. Every consent stands alone and none is ticked before."""

    consents = forms.MultipleChoiceField(choices=Purpose, required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        optional = [(text.key, text.title) for text in notices.purposes() if not text.is_required]
        self.fields["consents"].choices = optional  # type: ignore[attr-defined]


class NewPersonForm(JoinForm):
    """The same for somebody without an account."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=_("Choose a password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least ten characters. Several words are easy to remember and hard to guess."),
    )

    def __init__(self, *args: Any, email: str, program: Program, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email, self.program = email, program

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if password := values.get("password"):
            person = User(email=self.email, name=values.get("name", ""))
            person.names_around = (self.program.name, self.program.company_name)
            try:
                validate_password(password, person)
            except ValidationError as error:
                self.add_error("password", error)
        return values


class LeaveForm(Form):
    """Whether somebody who leaves stays in touch. Nothing is ticked beforehand."""

    stays_in_touch = forms.BooleanField(required=False)
