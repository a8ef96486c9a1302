"""Forms about one's own address and a forgotten password."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import AddEmailForm, LoginForm, ResetPasswordForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.people import queries


class NewAddressForm(AddEmailForm):  # type: ignore[misc]  # allauth has no types
    """The address a person wants to change to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("New email address")
        self.fields["email"].widget.attrs.pop("placeholder", None)  # the label says it already


class SignInForm(LoginForm):  # type: ignore[misc]
    """As the package has it, in the words of this site."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["remember"].label = _("Stay signed in on this device")


class ForgottenPasswordForm(ResetPasswordForm):  # type: ignore[misc]  # allauth has no types
    """The link goes to the address that counts, never to one that still waits for its own link. To others no mail
    goes out at all, and the page says the same."""

    def clean_email(self) -> str:
        user = queries.person_at(self.cleaned_data["email"])
        self.users = [user] if user and user.is_active else []
        return user.email if self.users and user else self.cleaned_data["email"]

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """For an unknown address as much is done as for a known one: how long the answer takes tells nothing."""
        if not self.users:
            get_adapter(request).rehearse_reset_mail(self.cleaned_data["email"])
        return str(super().save(request, **kwargs))
