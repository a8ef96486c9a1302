import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.kit import languages
from core.kit.editing_together import SharedForm
from core.kit.forms import DayField, Form
from programs.membership.models import SMALLEST_GROUP, Country, Membership, Program, Role

DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
DEFAULT_ACCENT = "#0b5d63"
TEAM_ROLES = (Role.MANAGER, Role.COACH, Role.TEAM, Role.EXECUTIVE, Role.COUNCIL)


class ProgramForm(Form):
    """What a program is called, for whom it is, and what it is for."""

    name = forms.CharField(label=_("Name of the program"), max_length=80)
    company_name = forms.CharField(label=_("Company"), max_length=120)
    goal_1 = forms.CharField(
        label=_("First goal"),
        max_length=160,
        required=False,
        help_text=_("At most three. The order decides when time or budget runs short."),
    )
    goal_2 = forms.CharField(label=_("Second goal"), max_length=160, required=False)
    goal_3 = forms.CharField(label=_("Third goal"), max_length=160, required=False)
    country = forms.ChoiceField(
        label=_("Country profile"),
        choices=Country,
        help_text=_("Determines public holidays, time zone and legal notes. You can change it later."),
    )
    weekly_minutes = forms.IntegerField(
        label=_("Working time per week"),
        min_value=0,
        max_value=600,
        initial=60,
        help_text=_("What each person may spend on the program. An hour a week is usual."),
        widget=forms.NumberInput(attrs={"data-unit": _("min"), "inputmode": "numeric"}),
    )
    start_on = DayField(label=_("Start"))

    def clean(self) -> dict[str, Any]:
        """Goals keep their order; an empty line between them is closed."""
        cleaned = super().clean() or {}
        goals = [cleaned.pop(f"goal_{rank}", "").strip() for rank in (1, 2, 3)]
        cleaned["goals"] = list(dict.fromkeys(goal for goal in goals if goal))
        return cleaned


class SettingsForm(SharedForm, ProgramForm):
    """The same, and the thresholds everybody may rely on."""

    value_percent = forms.IntegerField(
        label=_("Target for value content"),
        min_value=0,
        max_value=100,
        help_text=_("The share of posts that help the reader rather than advertise. 80 is a good rule of thumb."),
        widget=forms.NumberInput(attrs={"data-unit": "%", "inputmode": "numeric"}),
    )
    group_minimum = forms.IntegerField(
        label=_("Smallest group shown (k)"),
        min_value=SMALLEST_GROUP,
        max_value=50,
        help_text=_(
            "With 5, a figure is shown from 9 people on: then five others are in it even where one person controls "
            "four accounts. The minimum is 5; a higher number hides more. A change holds for figures of later months."
        ),
        error_messages={
            "min_value": _(
                "With fewer than 5 people, a figure can reveal something about one person. Choose 5 or more."
            )
        },
        widget=forms.NumberInput(attrs={"data-unit": _("people"), "inputmode": "numeric"}),
    )

    mail_domains = forms.CharField(
        label=_("Your company's email domains"),
        required=False,
        max_length=300,
        help_text=_(
            "For example company.com, company.de. Before somebody at another domain is invited, you are asked."
        ),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    guidelines_url = forms.URLField(
        label=_("Address of the guidelines"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("For example on your intranet. Everybody in the program finds them under “Contacts”."),
    )
    second_factor_roles = forms.MultipleChoiceField(
        label=_("Second factor required for"),
        choices=Role,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Anybody in one of these roles must set up a passkey or an authenticator app before doing anything else."
        ),
    )
    accent = forms.RegexField(
        regex=r"^#[0-9a-fA-F]{6}$",
        label=_("Accent colour"),
        required=False,
        help_text=_(
            "Your company's colour. It is darkened or lightened until everybody can read it, in light and dark mode."
        ),
        error_messages={"invalid": _("Please choose a colour or enter it like #0b5d63.")},
        widget=forms.TextInput(attrs={"type": "color"}),
    )

    def __init__(self, *args: Any, program: Program, **more: Any) -> None:
        initial = {
            name: getattr(program, name)
            for name in (
                "name",
                "company_name",
                "country",
                "weekly_minutes",
                "start_on",
                "group_minimum",
                "second_factor_roles",
                "guidelines_url",
                "mail_domains",
            )
        }
        initial["accent"] = program.accent or DEFAULT_ACCENT
        initial["value_percent"] = int(program.value_target * 100)
        initial |= {f"goal_{goal.rank}": goal.text for goal in program.goals.all()}
        more["initial"] = initial
        super().__init__(*args, **more)
        self.fields["start_on"].help_text = _("Phases keep their dates when the start changes.")
        self.remember()

    def clean_mail_domains(self) -> str:
        """One way of writing them; of an address its domain."""
        written = self.cleaned_data["mail_domains"].lower().replace(";", " ").replace(",", " ").split()
        domains = [word.rpartition("@")[2].strip(".") for word in written]
        for domain in domains:
            if not DOMAIN.fullmatch(domain):
                told = _("This is not a domain: %(domain)s. It should look like company.com.")
                raise ValidationError(told, params={"domain": domain})
        return ", ".join(dict.fromkeys(domains))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "value_percent" in cleaned:
            cleaned["value_target"] = Decimal(cleaned.pop("value_percent")) / 100
        if cleaned.get("accent", "").lower() == DEFAULT_ACCENT:
            cleaned["accent"] = ""  # the product's own colour needs no stylesheet
        return cleaned


class ContactForm(SharedForm):
    """Whether people may turn to somebody, and with what."""

    is_contact = forms.BooleanField(
        label=_("Contact person"),
        required=False,
        help_text=_("Everybody in the program sees the name and the address."),
    )
    contact_for = forms.CharField(
        label=_("Contact for"), max_length=120, required=False, help_text=_("For example: questions about images")
    )

    def __init__(self, *args: Any, membership: Membership | None = None, **more: Any) -> None:
        if membership:
            more["initial"] = {"is_contact": membership.is_contact, "contact_for": membership.contact_for}
        super().__init__(*args, **more)
        if membership:
            self.remember()


class MemberForm(ContactForm):
    """Offer somebody a role in the team."""

    email = forms.EmailField(label=_("Work email"), max_length=254)
    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        help_text=_(
            "For the email, and for somebody who does not have an account yet; otherwise the person's own name is used."
        ),
    )
    language = forms.ChoiceField(label=_("Language of the email"), choices=languages.choices, required=False)
    role = forms.ChoiceField(label=_("Role"), choices=[(role.value, role.label) for role in TEAM_ROLES])
    is_right = forms.BooleanField(label=_("This address is right"), required=False)
    field_order = ("email", "is_right", "role", "name", "language", "is_contact", "contact_for")

    def __init__(self, *args: Any, program: Program, **more: Any) -> None:
        super().__init__(*args, initial={"language": languages.current()}, **more)
        self.program = program
        if not program.is_outside(str(self.data.get("email", "")).strip()) or not self.is_bound:
            del self.fields["is_right"]

    def clean(self) -> dict[str, Any]:
        """An address outside the company is a question, and the answer to it a yes."""
        cleaned = super().clean() or self.cleaned_data
        if "is_right" in self.fields and not cleaned.pop("is_right", False) and "email" in cleaned:
            told = _("This address is not at one of your company's domains (%(domains)s). Is it the right one?")
            self.add_error("is_right", ValidationError(told, params={"domains": self.program.mail_domains}))
        return cleaned

    def clean_language(self) -> str:
        return self.cleaned_data["language"] or languages.current()
