from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from core.comments.models import LONGEST, Comment, draft_key
from core.kit.forms import Form
from core.writing.editing import Edit
from core.writing.forms import MarkdownField, MarkdownInput
from core.writing.models import Draft


class CommentForm(Form):
    """`key` is the number of the comment to be, so that sending the form twice says it once."""

    text = MarkdownField(
        label=_("Comment"),
        max_length=LONGEST,
        strip=True,
        widget=MarkdownInput({"placeholder": _("Write a comment; use @ to mention somebody")}, rows=3),
        error_messages={"required": _("Please write something.")},
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, kind: str, target_id: int, draft: Draft | None = None, **more: Any) -> None:
        initial = {"key": uuid4(), "text": draft.text if draft else ""}
        super().__init__(*args, **({"initial": initial, "auto_id": "comment-%s"} | more))
        widget: MarkdownInput = self.fields["text"].widget
        widget.hang_on(kind, target_id)
        widget.keep_draft(draft_key(kind, target_id), draft)


class EditForm(CommentForm):
    """The words again, and the version that their writer had before the eyes."""

    key = None  # type: ignore[assignment]  # as Django takes a field away
    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, comment: Comment, edit: Edit) -> None:
        super().__init__(
            *args,
            kind=comment.kind,
            target_id=comment.target_id,
            initial=edit.initial,
            auto_id=f"edit-{comment.pk}-%s",
        )
        edit.keep_in(self.fields["text"].widget)
