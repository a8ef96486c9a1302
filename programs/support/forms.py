from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.kit.editing_together import SharedForm
from core.kit.forms import ENDS_EARLY, LAST_DAY_EARLY, ClockInput, DayField
from core.people.picker import PersonField
from programs.membership import queries as membership
from programs.membership.models import Membership, Program
from programs.support import queries
from programs.support.models import Concern, Helper, Weekday

FIELDS = (
    "name", "member", "concerns", "phone", "email", "weekdays", "begins", "ends", "away_from", "away_until", "stand_in",
)  # fmt: skip


class HelperForm(SharedForm):
    """Somebody who helps: with what, how one reaches them and when."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("A person, or for example “Press office”."))
    member = PersonField(
        label=_("Member of the team"),
        queryset=Membership.objects.none(),
        required=False,
        help_text=_("When the role ends, the entry is removed with it. Leave empty for a number outside the team."),
    )
    concerns = forms.MultipleChoiceField(
        label=_("Helps with"), choices=Concern.choices, widget=forms.CheckboxSelectMultiple
    )
    phone = forms.RegexField(
        label=_("Phone"),
        regex=r"^\+?[0-9 ()/.-]{3,40}$",
        required=False,
        max_length=40,
        error_messages={"invalid": _("Please enter a phone number, e.g. +49 40 123456.")},
    )
    email = forms.EmailField(label=_("Email"), required=False, max_length=254)
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Days"),
        choices=Weekday.choices,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        initial=[0, 1, 2, 3, 4],
    )
    begins = forms.TimeField(label=_("From"), widget=ClockInput(), initial="09:00")
    ends = forms.TimeField(label=_("Until"), widget=ClockInput(), initial="17:00")
    away_from = DayField(label=_("First day away"), required=False)
    away_until = DayField(
        label=_("Last day away"), required=False, help_text=_("You are not asked for a reason, and none is stored.")
    )
    stand_in = PersonField(
        label=_("Stand-in"), queryset=Helper.objects.none(), required=False, empty_label=_("nobody yet")
    )

    def __init__(self, *args: Any, program: Program, helper: Helper | None = None, **more: Any) -> None:
        if helper is not None:
            more["initial"] = {name: getattr(helper, name) for name in FIELDS}
        super().__init__(*args, **more)
        self.fields["member"].queryset = membership.team_of(program)  # type: ignore[attr-defined]
        others = queries.helpers_of(program)
        if helper is not None:
            others = others.exclude(pk=helper.pk)
        self.fields["stand_in"].queryset = others  # type: ignore[attr-defined]
        if helper is not None:
            self.remember()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        begins, ends = data.get("begins"), data.get("ends")
        if begins and ends and ends <= begins:
            self.add_error("ends", ValidationError(ENDS_EARLY))
        if not data.get("phone") and not data.get("email") and not {"phone", "email"} & set(self.errors):
            self.add_error("phone", ValidationError(_("Please enter a phone number or an email address.")))
        first, last = data.get("away_from"), data.get("away_until")
        if (first is None) != (last is None) and not {"away_from", "away_until"} & set(self.errors):
            self.add_error("away_until", ValidationError(_("Please enter the first and the last day.")))
        elif first and last and last < first:
            self.add_error("away_until", ValidationError(LAST_DAY_EARLY))
        return data
