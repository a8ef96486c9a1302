from django import forms
from django.core.exceptions import ValidationError
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from core.kit.forms import Form


class ViewForm(Form):
    """A name for the filters that are set."""

    path = forms.CharField(max_length=200, widget=forms.HiddenInput)
    query = forms.CharField(max_length=400, required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=_("Name"), max_length=40)

    def clean_path(self) -> str:
        """A page of this site, without anything behind it."""
        path: str = self.cleaned_data["path"]
        try:
            resolve(path)
        except Resolver404 as unknown:
            raise ValidationError(_("There is no such page here.")) from unknown
        return path
