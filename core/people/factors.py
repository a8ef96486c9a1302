"""Second factors: passkeys, the authenticator app, recovery codes."""

from typing import Any

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms

from core.kit.templatetags.ui import browser
from core.people.secrets import SecretIsSealed, seal, unseal


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """A new passkey is called after the device it was made on; the person may change the name. What codes are made
    from lies encrypted in the database."""

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        return browser(context.request.headers.get("User-Agent", ""))

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)


class AddPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """A passkey always signs in by itself: "Sign in with a passkey" must work with each that was set up here."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # the script asks the box whether the device shall keep the key; it stands in the page, ticked and unseen
        self.fields["passwordless"] = forms.BooleanField(
            initial=True, widget=forms.CheckboxInput(attrs={"hidden": True})
        )


class SetUpAppForm(ActivateTOTPForm):  # type: ignore[misc]  # allauth has no types
    """Between the picture and the first code the secret waits in the session, which is a row: sealed there too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        session = context.request.session
        if waiting := session.pop(SECRET_SESSION_KEY, ""):
            try:
                session[SECRET_SESSION_KEY] = unseal(waiting)
            except SecretIsSealed:
                session.modified = True  # a new one is shown
        super().__init__(*args, **kwargs)
        session[SECRET_SESSION_KEY] = seal(self.secret)
