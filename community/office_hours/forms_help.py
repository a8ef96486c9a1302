from django import forms
from django.utils.translation import gettext_lazy as _

from core.kit.forms import Form


class HelpForm(Form):
    """What would help, if somebody likes to say it."""

    wish = forms.CharField(label=_("What would help you?"), max_length=200, required=False)
