from django import forms

from core.kit.forms import Form


class ConsentForm(Form):
    """One consent is switched on or off."""

    on = forms.TypedChoiceField(choices=[("1", "1"), ("0", "0")], coerce=lambda value: value == "1")
