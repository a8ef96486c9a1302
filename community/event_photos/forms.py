from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from community.event_photos.models import LONGEST_CAPTION, LONGEST_REASON, Agreement, PhotoFate
from core.attachments.forms import AttachmentField
from core.kit.forms import Form
from core.people.in_program import marked_apart
from core.people.mentions import names_of
from core.people.picker import PeopleField

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from core.people.models import User


class PhotoForm(Form):
    """One photo, and who can be recognised in it."""

    file = AttachmentField(
        label=_("Photo"), only_pictures=True, help_text=_("Location and device data are removed from the photo.")
    )
    caption = forms.CharField(
        label=_("What it shows"),
        max_length=LONGEST_CAPTION,
        required=False,
        help_text=_("Without names. Screen readers read it out."),
    )
    is_of_nobody = forms.BooleanField(label=_("Nobody is recognisable"), required=False)
    is_me = forms.BooleanField(label=_("I am in it, and I agree"), required=False)
    people: Any = PeopleField(
        label=_("Who else is recognisable?"),
        queryset=None,
        required=False,
        help_text=_("Somebody is in it who is not listed here? Then please leave the photo out."),
    )

    def __init__(self, *args: Any, people: "QuerySet[User]", program_id: int, **more: Any) -> None:
        super().__init__(*args, **more)
        names = names_of(marked_apart(program_id, people))
        field: Any = self.fields["people"]
        field.queryset = people
        field.label_from_instance = lambda person: names.get(person.pk, str(person))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        somebody = bool(cleaned.get("is_me") or cleaned.get("people"))
        if cleaned.get("is_of_nobody") and somebody:
            raise ValidationError(_("Either nobody is recognisable, or somebody is: please choose one of them."))
        if not cleaned.get("is_of_nobody") and not somebody:
            raise ValidationError(_("Please say who is recognisable, or that nobody is."))
        return cleaned


class AgreementForm(Form):
    answer = forms.ChoiceField(choices=Agreement, required=False)


class PhotoReportForm(Form):
    """What is wrong with a photo; one need not say it."""

    reason = forms.CharField(label=_("Reason"), max_length=LONGEST_REASON, required=False)


class PhotoFateForm(Form):
    fate = forms.ChoiceField(choices=PhotoFate)
