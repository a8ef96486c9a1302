"""Is it well-formed: what a host's own calendar is read with. None of it is ever shown again."""

from django import forms
from django.utils.translation import gettext_lazy as _

from community.office_hours.models import CalendarKind
from community.office_hours.sources import caldav
from core.kit import fetch
from core.kit.forms import LINK_ERROR, Form


class CalendarForm(Form):
    """The address under which a calendar is published."""

    kind = CalendarKind.ICS
    address = forms.CharField(
        label=_("Address of your calendar (ICS)"),
        max_length=1000,
        help_text=_("Outlook and Google call this a published or secret address. It is stored encrypted."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "url"}),
    )

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"].strip()
        if address.lower().startswith("webcal://"):
            address = f"https://{address[len('webcal://') :]}"
        try:
            parts = fetch.check(address)
        except fetch.NotFetched as error:
            raise forms.ValidationError(str(error), error.code) from error
        if parts.scheme != "https":
            raise forms.ValidationError(LINK_ERROR)
        self.host = parts.netloc
        return address

    @property
    def secret(self) -> str:
        address: str = self.cleaned_data["address"]
        return address


class MicrosoftForm(Form):
    """Nothing is typed here: its owner signs in at Microsoft."""

    kind = CalendarKind.MICROSOFT


class CalDavForm(CalendarForm):
    """A calendar on a server, with a password made for this alone."""

    kind = CalendarKind.CALDAV
    user = forms.CharField(
        label=_("User name"), max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )  # fmt: skip
    password = forms.CharField(
        label=_("App password"), max_length=500, widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Create one for this site in your calendar's security settings. It is stored encrypted."),
    )  # fmt: skip

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        address = self.fields["address"]
        address.label = _("Address of the calendar (CalDAV)")
        address.help_text = _("Of one calendar, not of the account. Nextcloud shows it under “Edit calendar”.")

    def clean_user(self) -> str:
        user: str = self.cleaned_data["user"]
        if ":" in user:
            raise forms.ValidationError(_("A user name contains no colon."))
        return user

    @property
    def secret(self) -> str:
        return caldav.secret_of(*(self.cleaned_data[name] for name in ("address", "user", "password")))
