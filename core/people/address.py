from typing import Any

from allauth.account.forms import AddEmailForm
from django.utils.translation import gettext_lazy as _


class NewAddressForm(AddEmailForm):  # type: ignore[misc]  # allauth has no types
    """The address a person wants to change to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("New e-mail address")
        self.fields["email"].widget.attrs.pop("placeholder", None)  # the label says it already
