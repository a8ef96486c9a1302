from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.kit import languages
from core.kit.editing_together import SharedForm
from core.kit.forms import Form
from core.people import queries
from core.writing.forms import MarkdownField, MarkdownInput
from influencer.operate.models import Proof


class RescueForm(Form):
    """How it was made sure that it is this person who asks."""

    proof = forms.ChoiceField(
        label=_("How did you verify who is asking?"), choices=Proof, widget=forms.RadioSelect, required=True
    )


class ReleaseForm(Form):
    """What becomes of mails that were waiting when the backup was made."""

    DISCARD, SEND = "discard", "send"
    waiting = forms.ChoiceField(
        label=_("Emails that were waiting when the backup was made"),
        choices=(
            (DISCARD, _("Discard them: the site has most likely sent them since")),
            (SEND, _("Send them: nothing has gone out since the backup")),
        ),
        widget=forms.RadioSelect,
        initial=DISCARD,
    )


class LeadForm(Form):
    """Who shall lead a program."""

    email = forms.EmailField(label=_("Work email"), max_length=254)
    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        required=False,
        help_text=_("Only for somebody who does not have an account yet: used as the greeting in the email."),
    )
    language = forms.ChoiceField(label=_("Language of the email"), choices=languages.choices, required=False)
    ends = forms.BooleanField(
        label=_("If the answer is yes, end the current program manager's role"),
        required=False,
        initial=True,
        help_text=_("They are notified by email. Everything they created for the program stays."),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        more["initial"] = {"language": languages.current(), "ends": True}
        super().__init__(*args, **more)

    def clean(self) -> dict[str, Any]:
        """Somebody with an account here, or a new address with a name."""
        cleaned = super().clean() or {}
        if not (email := cleaned.get("email")):
            return cleaned
        person = queries.person_at(email)
        if person is None and not cleaned.get("name"):
            told = _("Nobody has an account with this address. Please check it; if it is right, add the name.")
            self.add_error("name", told)
        elif person is not None and not person.is_active:
            self.add_error("email", _("This account is deactivated. Reactivate it first."))
        return cleaned

    def asked(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("email", "name", "language", "ends")}


class SiteTextForm(SharedForm):
    """The same text in each language, in Markdown."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for code, label in languages.choices():
            self.fields[code] = MarkdownField(
                label=label, required=False, max_length=50_000, widget=MarkdownInput(rows=14)
            )
        self.remember()
