import binascii
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from py_vapid.utils import b64urldecode

from core.kit import fetch
from core.kit.forms import Form
from core.push.encryption import AUTH, POINT, public_key

STRANGE = _("This browser did not send a valid notification address. Please try again.")


class DeviceForm(Form):
    """What a browser says of itself when it agrees to show notifications. Its address is as untrusted as any."""

    endpoint = forms.CharField(max_length=1000, error_messages={"max_length": STRANGE, "required": STRANGE})
    p256dh = forms.CharField(max_length=100, error_messages={"max_length": STRANGE, "required": STRANGE})
    auth = forms.CharField(max_length=30, error_messages={"max_length": STRANGE, "required": STRANGE})
    key = forms.CharField(max_length=100, error_messages={"max_length": STRANGE, "required": STRANGE})

    def clean_endpoint(self) -> str:
        endpoint: str = self.cleaned_data["endpoint"].strip()
        try:
            parts = fetch.check(endpoint, settings.WEB_PUSH_HOSTS)
        except fetch.NotFetched as error:
            raise forms.ValidationError(str(error), error.code) from error
        if parts.scheme != "https":
            raise forms.ValidationError(STRANGE)
        self.host = parts.netloc
        return endpoint

    def clean_p256dh(self) -> str:
        point = _bytes(self.cleaned_data["p256dh"], POINT)
        try:
            public_key(point)
        except ValueError as error:
            raise forms.ValidationError(STRANGE) from error
        return str(self.cleaned_data["p256dh"])

    def clean_auth(self) -> str:
        _bytes(self.cleaned_data["auth"], AUTH)
        return str(self.cleaned_data["auth"])

    @property
    def says(self) -> str:
        """The first thing that is wrong, in one sentence."""
        return str(next(iter(self.errors.values()))[0])

    @property
    def told(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("endpoint", "p256dh", "auth")}


def _bytes(text: str, length: int) -> bytes:
    try:
        found = b64urldecode(text.encode())
    except (binascii.Error, ValueError) as error:
        raise forms.ValidationError(STRANGE) from error
    if len(found) != length:
        raise forms.ValidationError(STRANGE)
    return bytes(found)
