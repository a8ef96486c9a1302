import zoneinfo
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from core.kit.forms import Form, ModelForm
from core.people.first_word import is_first_word
from core.people.models import User

ZONES = ("Europe/Berlin", "Europe/Vienna", "Europe/Zurich", "Europe/London", "Europe/Madrid", "Europe/Warsaw", "UTC")


class ProfileForm(ModelForm):
    """How the product addresses a person and in which language and time."""

    time_zone = forms.ChoiceField(label=_("Time zone"))

    class Meta:
        model = User
        fields = ("name", "language", "time_zone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True
        rest = sorted(zone for zone in zoneinfo.available_timezones() if "/" in zone and zone not in ZONES)
        field = self.fields["time_zone"]
        field.choices = [(zone, zone.replace("_", " ")) for zone in (*ZONES, *rest)]  # type: ignore[attr-defined]  # a ChoiceField


class WelcomeForm(Form):
    """Name and password of somebody who begins."""

    person: User | None = None  # who begins; a password must not be made of what is known about them
    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 10 characters; a sentence is easier to remember than a word."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if password := data.get("password"):
            person = self.person or User(email=data.get("email", ""))
            person.name = data.get("name", "")  # as typed here; nothing is stored
            try:
                validate_password(password, person)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return data


class FirstAdministratorForm(WelcomeForm):
    """The first account of an empty site."""

    word = forms.CharField(
        label=_("Set-up word"),
        max_length=80,
        help_text=_("The person who started the site saw it on the console, or can show it with: manage.py setup_word"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    email = forms.EmailField(label=_("Work email"), max_length=254)
    field_order = ("word", "name", "email", "password")

    def clean_word(self) -> None:
        if not is_first_word(self.cleaned_data["word"]):
            raise forms.ValidationError(
                _("This is not the set-up word of this site. Please look at the console again.")
            )
