"""Guests of the program: whom one invites, and until when they have access."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.kit import languages
from core.kit.editing_together import SharedForm
from core.kit.forms import DayField
from programs.membership.models import Membership


class LastDayForm(SharedForm):
    """The last day on which a guest gets in."""

    until_on = DayField(
        label=gettext_lazy("Last day of access"),
        required=False,
        help_text=gettext_lazy("After this day, access ends by itself. Leave it empty if you want to end it yourself."),
    )

    def __init__(self, *args: Any, membership: Membership | None = None, **more: Any) -> None:
        if membership:
            more["initial"] = {"until_on": membership.until_on}
        super().__init__(*args, **more)
        if membership:
            self.remember()

    def clean_until_on(self) -> date | None:
        """A day that is over would be an end, which has a button of its own."""
        day: date | None = self.cleaned_data["until_on"]
        if day and day < timezone.localdate():
            raise ValidationError(_("This day is over. To end the access now, use “End access”."))
        return day


class GuestInvitationForm(LastDayForm):
    """Ask somebody from outside."""

    email = forms.EmailField(label=gettext_lazy("Email"), max_length=254)
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=120,
        help_text=gettext_lazy("How the email greets them. They can change it when they accept."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the email"), choices=languages.choices, initial=languages.current
    )
    field_order = ("email", "name", "language", "until_on")
