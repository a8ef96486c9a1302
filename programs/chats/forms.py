from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core.kit import fetch, languages
from core.kit.forms import LINK_ERROR, Form
from programs.chats.models import ChatKind, Occasion

LONGEST_LINK = 600


class ChannelForm(Form):
    """The address that the chat program gave; it is never shown again."""

    kind = forms.ChoiceField(label=_("Chat app"), choices=ChatKind.choices)
    name = forms.CharField(label=_("Name of the channel"), max_length=80)
    address = forms.CharField(
        label=_("Address of the webhook"),
        max_length=LONGEST_LINK,
        help_text=_("From the chat app. It is stored encrypted and not shown again."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "url"}),
    )
    occasions = forms.MultipleChoiceField(
        label=_("It gets a message when"),
        choices=Occasion.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=Occasion.values,
    )
    language = forms.ChoiceField(label=_("language"), choices=languages.choices)

    def __init__(self, *args: Any, **more: Any) -> None:
        initial = {"language": languages.current(), "occasions": Occasion.values}
        super().__init__(*args, **({"initial": initial} | more))

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"].strip()
        try:
            parts = fetch.check(address, settings.CHAT_HOSTS)
        except fetch.NotFetched as error:
            raise forms.ValidationError(str(error), error.code) from error
        if parts.scheme != "https":
            raise forms.ValidationError(LINK_ERROR)
        self.host = parts.netloc
        return address
