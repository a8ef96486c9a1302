from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from community.events.models import MOST_PLACES
from community.events.wall import DIGITS
from core.kit.forms import Form


class AttendedForm(Form):
    """That one was there, with what the page of a scanned code knows; or what brings back what was taken back."""

    was_there = forms.BooleanField(required=False)
    arrived = forms.CharField(required=False, max_length=500)
    kept = forms.CharField(required=False, max_length=500)


class NamedForm(Form):
    is_named = forms.BooleanField(required=False)


class CodeForm(Form):
    """As it is read from a wall: spaces and dashes do not matter."""

    code = forms.CharField(
        label=_("The six digits on the wall"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_code(self) -> str:
        digits = "".join(each for each in self.cleaned_data["code"] if each not in " -\u00a0\u202f")
        if len(digits) != DIGITS or not (digits.isascii() and digits.isdigit()):
            raise ValidationError(_("The code has six digits, e.g. 482 913."))
        return digits


class HeadsForm(Form):
    heads = forms.IntegerField(
        label=_("Counted in the room"),
        required=False,
        min_value=0,
        max_value=MOST_PLACES,
        help_text=_("A number only, without names. Empty: nobody counted."),
    )
