from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from analytics.connectors.networks.base import Handle
from analytics.connectors.networks.known import place_of
from analytics.connectors.networks.mastodon import server_of
from analytics.imports.access import COMPANY, OWN
from core.kit.forms import Form

CHOICES = {OWN: gettext_lazy("my own account"), COMPANY: gettext_lazy("the company's account")}


class WhoseForm(Form):
    """Whose account, where a person may connect both kinds."""

    whose = forms.ChoiceField(label=gettext_lazy("Whose account"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, kinds: list[str], **more: Any) -> None:
        super().__init__(*args, **more)
        whose = cast(forms.ChoiceField, self.fields["whose"])
        whose.choices = [(kind, CHOICES[kind]) for kind in kinds]
        whose.initial = kinds[0]
        if len(kinds) == 1:
            whose.widget, whose.required = forms.HiddenInput(), False
        self.kinds = kinds

    def clean_whose(self) -> str:
        return self.cleaned_data["whose"] or self.kinds[0]


class ConnectForm(WhoseForm):
    """Which account."""

    said = forms.CharField(
        label=gettext_lazy("Account"),
        max_length=400,
        help_text=gettext_lazy(
            "@name@server for Mastodon, name.bsky.social for Bluesky, or the address of the profile, "
            "the YouTube channel, the blog or the podcast's feed."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    place: Handle

    def clean_said(self) -> str:
        said: str = self.cleaned_data["said"].strip()
        found = place_of(said)
        if found is None:
            raise forms.ValidationError(
                _("Figures of this account cannot be fetched. Please copy the address of the profile or the feed.")
            )
        self.place = found
        return said


class EndForm(Form):
    """What becomes of the figures when a connection ends."""

    figures = forms.ChoiceField(
        label=gettext_lazy("What it fetched"),
        choices=[
            ("keep", gettext_lazy("keep: nothing new is added, what is there stays")),
            ("delete", gettext_lazy("delete: all posts and figures from this account are removed")),
        ],
        initial="keep",
        widget=forms.RadioSelect,
    )


class ServerForm(WhoseForm):
    """Where somebody has an account."""

    server = forms.CharField(
        label=gettext_lazy("Server"),
        max_length=300,
        help_text=gettext_lazy("The server's name, or your account on it: @name@server."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    host: str

    def clean_server(self) -> str:
        said: str = self.cleaned_data["server"].strip()
        self.host = server_of(said)
        if not self.host:
            raise forms.ValidationError(_("This is not the name of a server."))
        return said
