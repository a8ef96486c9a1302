from typing import Any

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms

from core.kit.templatetags.ui import browser


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """A new passkey is called after the device it was made on; the person may change the name."""

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        return browser(context.request.headers.get("User-Agent", ""))


class AddPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """A passkey always signs in by itself: "Sign in with a passkey" must work with each that was set up here."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # the script asks the box whether the device shall keep the key; it stands in the page, ticked and unseen
        self.fields["passwordless"] = forms.BooleanField(
            initial=True, widget=forms.CheckboxInput(attrs={"hidden": True})
        )
