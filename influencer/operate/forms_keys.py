"""How this site is known to networks."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from analytics.connectors import site_keys
from core.kit.forms import Form

LABELS = {
    site_keys.YOUTUBE: gettext_lazy("YouTube: API key"),
    site_keys.YOUTUBE_ID: gettext_lazy("YouTube: client ID"),
    site_keys.YOUTUBE_SECRET: gettext_lazy("YouTube: client secret"),
    site_keys.LINKEDIN_ID: gettext_lazy("LinkedIn: client ID"),
    site_keys.LINKEDIN_SECRET: gettext_lazy("LinkedIn: client secret"),
}


class SiteKeysForm(Form):
    """A field for each key that can be written here; what was written is never shown again."""

    forget = forms.MultipleChoiceField(
        label=gettext_lazy("Delete what is stored"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        written = site_keys.written()
        for name, label in LABELS.items():
            self.fields[name] = self._field(name, str(label), is_written=name in written)
        if written:
            self.fields["forget"].choices = [(name, LABELS[name]) for name in LABELS if name in written]  # type: ignore[attr-defined]
            self.order_fields([*LABELS, "forget"])
        else:
            del self.fields["forget"]

    @staticmethod
    def _field(name: str, label: str, *, is_written: bool) -> forms.CharField:
        from_outside = site_keys.is_from_outside(name)
        if from_outside:
            told = _("The environment gives it (%(name)s), and that wins.") % {"name": name}
        elif is_written:
            told = _("Stored, encrypted. Leave empty to keep it.")
        else:
            told = _("Not set yet.")
        widget = forms.PasswordInput(attrs={"autocomplete": "off", "spellcheck": "false"})
        return forms.CharField(
            label=label, max_length=300, required=False, disabled=from_outside, help_text=told, widget=widget
        )

    def given(self) -> dict[str, str]:
        return {name: self.cleaned_data.get(name) or "" for name in LABELS if not site_keys.is_from_outside(name)}
