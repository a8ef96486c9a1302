from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from core.comments.models import LONGEST, Comment
from core.kit.characters import validate_visible
from core.kit.markdown import validate_links


class CommentForm(forms.Form):
    """`key` is the number of the comment to be, so that sending the form twice says it once."""

    text = forms.CharField(
        label=_("Comment"),
        max_length=LONGEST,
        validators=[validate_visible, validate_links],
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Please write something.")},
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **({"initial": {"key": uuid4()}, "auto_id": "comment-%s"} | more))

    def clean_text(self) -> str:
        return str(self.cleaned_data["text"]).replace("\r\n", "\n").replace("\r", "\n")


class EditForm(CommentForm):
    """The words again, and the version that their writer had before the eyes."""

    key = None  # type: ignore[assignment]  # as Django takes a field away
    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)

    @classmethod
    def of(cls, comment: Comment, text: str) -> "EditForm":
        form = cls()
        form.initial = {"text": text, "version": comment.version}
        return form
