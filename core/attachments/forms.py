from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from core.attachments.inspection import ACCEPT, Inspected, inspect
from core.kit.forms import Form


class AttachmentField(forms.FileField):
    """A file that was looked at before anybody gets it: its value is an `Inspected`."""

    def __init__(self, *, only_pictures: bool = False, square: int = 0, only: Sequence[str] = (), **more: Any) -> None:
        self.only_pictures, self.square, self.only = only_pictures, square, only
        accept = "image/jpeg,image/png,image/gif,image/webp" if only_pictures else ACCEPT
        accept = ",".join(f".{each}" for each in only) or accept
        widget = forms.ClearableFileInput(attrs={"accept": accept})
        super().__init__(allow_empty_file=True, max_length=255, widget=widget, **more)

    def clean(self, data: Any, initial: Any = None) -> Inspected | None:
        file: UploadedFile[bytes] | None = super().clean(data, initial)
        return inspect(file, only_pictures=self.only_pictures, square=self.square, only=self.only) if file else None


class PictureForm(Form):
    """A picture that is dropped into a text. `key` is the same when a browser sends it again; `instead_of` is the one
    that was cropped: what was cut off is not kept."""

    file = AttachmentField(only_pictures=True)
    key = forms.UUIDField(required=False)
    instead_of = forms.UUIDField(required=False)


class UploadForm(Form):
    """A picture or another file that is dropped into a text."""

    file = AttachmentField()
    key = forms.UUIDField(required=False)
    instead_of = forms.UUIDField(required=False)
