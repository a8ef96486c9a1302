"""The program's logo."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.attachments.forms import AttachmentField
from core.kit.forms import Form


class LogoForm(Form):
    picture = AttachmentField(
        label=_("Logo"),
        required=False,
        only_pictures=True,
        help_text=_(
            "A PNG with a transparent background looks best. In the navigation it is as small as an icon: there a "
            "square mark is easier to recognise than the whole name."
        ),
    )
    without = forms.BooleanField(label=_("Remove the logo"), required=False)

    def __init__(self, *args: Any, has_logo: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if not has_logo:
            del self.fields["without"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not cleaned.get("picture") and not cleaned.get("without"):
            raise ValidationError(_("Please choose a file."))
        return cleaned
