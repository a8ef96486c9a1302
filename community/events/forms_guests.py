import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from community.events.models import Choice
from community.events.models_guests import LONGEST_GUEST_NAME
from core.kit import languages
from core.kit.forms import Form
from programs.membership.models import Membership

MOST_AT_ONCE, MOST_GUESTS, MOST_LETTERS = 50, 200, 254
LONGEST_LINE = LONGEST_GUEST_NAME + MOST_LETTERS + 26  # with what stands between and around them
BETWEEN = re.compile(r"[\s<>,;]")


class GuestsForm(Form):
    """Guests from outside, one on each line: a name and an address, or the address alone."""

    guests = forms.CharField(
        label=gettext_lazy("Names and email addresses"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4, "placeholder": "Kim Example <kim@example.com>"}),
        help_text=gettext_lazy("One guest on each line: the name, then the address. Up to 50 at once."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the emails"), choices=languages.choices, initial=languages.current
    )

    of_program = forms.MultipleChoiceField(
        label=gettext_lazy("Guests of the program"), required=False, widget=forms.CheckboxSelectMultiple
    )
    field_order = ("of_program", "guests", "language")

    def __init__(self, *args: Any, known: set[str], at_hand: Sequence[Membership] = (), **more: Any) -> None:
        """`known`: addresses invited already, in small letters; `there` names those that came again. `at_hand`: guests
        of the program, of whom those that are not invited can be ticked."""
        super().__init__(*args, **more)
        self.at_hand = {str(each.pk): each.user for each in at_hand if each.user.email.lower() not in known}
        if self.at_hand:
            self.fields["guests"].required = False
            self.fields["of_program"].choices = [(pk, str(user)) for pk, user in self.at_hand.items()]  # type: ignore[attr-defined]
        else:
            del self.fields["of_program"]
        self.known = known
        self.there: list[str] = []

    def clean_guests(self) -> list[tuple[str, str]]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["guests"].splitlines() if line.strip()]
        if len(lines) > MOST_AT_ONCE:  # before they are read: reading must cost no more than 50 lines do
            raise ValidationError(_("Please add 50 guests at most at once."))
        found = [(line, _guest(line)) for line in lines]
        if odd := [line for line, guest in found if guest is None]:
            says = ngettext(
                "There is no email address in this line: %(lines)s", "No email address in: %(lines)s", len(odd)
            )
            raise ValidationError(says % {"lines": "; ".join(line[:LONGEST_LINE] for line in odd[:10])})
        guests = [guest for _line, guest in found if guest is not None]
        emails = [email.lower() for _name, email in guests]
        if twice := sorted({email for email in emails if emails.count(email) > 1}):
            raise ValidationError(_("Listed twice: %(emails)s") % {"emails": ", ".join(twice)})
        self.there = sorted(set(emails) & self.known)
        return [(name, email) for name, email in guests if email.lower() not in self.known]

    def clean(self) -> dict[str, Any]:
        """Those that were ticked come after those that were written down, each once."""
        cleaned = super().clean() or self.cleaned_data
        ticked = [self.at_hand[pk] for pk in cleaned.pop("of_program", [])]
        if "guests" in cleaned:
            written = {email.lower() for _name, email in cleaned["guests"]}
            cleaned["guests"] += [(user.name, user.email) for user in ticked if user.email.lower() not in written]
            if not cleaned["guests"] and not self.there:
                self.add_error("guests", _("Please tick a guest or enter one."))
        return cleaned


def _guest(line: str) -> tuple[str, str] | None:
    """The last word of the line is the address; what stands before it is the name."""
    if len(line) > LONGEST_LINE:
        return None
    line = line.strip(" ,;")
    bare = line.removesuffix(">")
    email = BETWEEN.split(bare)[-1]
    before = bare.removesuffix(email).rstrip(" ,;").removesuffix("<")
    name = before.strip(" ,;\"'")
    try:
        validate_email(email)
    except ValidationError:
        return None
    fits = len(name) <= LONGEST_GUEST_NAME and len(email) <= MOST_LETTERS
    return (name, email) if fits and not set(name) & set("<>") else None


class GuestChoiceForm(Form):
    """A guest comes or does not."""

    choice = forms.ChoiceField(choices=[(Choice.YES, ""), (Choice.NO, "")])
