from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.attachments.forms import AttachmentField
from core.kit.forms import Form


class FilesForm(Form):
    """A picture for the head of the page, and files to read; one of each at a time."""

    file = AttachmentField(
        label=_("Add a file"),
        required=False,
        help_text=_(
            "PDF, Office, text or a picture, 20 MB at most. Everybody who can open the event's page can open it."
        ),
    )
    picture = AttachmentField(
        label=_("Picture at the top of the page"),
        required=False,
        only_pictures=True,
        help_text=_("A landscape picture works best. If people are in it, they have agreed to be shown."),
    )
    without = forms.BooleanField(label=_("Remove the picture"), required=False)

    def __init__(self, *args: Any, has_picture: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if not has_picture:
            del self.fields["without"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not any(cleaned.values()):
            raise ValidationError(_("Please choose a file."))
        return cleaned


class TickForm(Form):
    """A task by the mark of its line, done or not."""

    mark = forms.CharField(max_length=12)
    is_done = forms.BooleanField(required=False)
