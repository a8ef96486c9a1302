"""A text that was sent and not accepted is a draft again: it is still there when the page is closed."""

import json
from typing import TYPE_CHECKING, Any

from core.writing.access import find_draft
from core.writing.forms import DraftForm, MarkdownInput
from core.writing.services import keep_draft

if TYPE_CHECKING:
    from django.forms import Form

    from core.people.models import User


def keep_refused(form: "Form", *, by: "User") -> None:
    """Each text of the form that has a draft, as it was typed, with the fields beside it. What is too long to be kept
    leaves the draft as it was."""
    data: Any = form.data
    for name, field in form.fields.items():
        widget = field.widget
        if isinstance(widget, MarkdownInput) and widget.draft_key:
            beside = {each: data[each] for each in widget.beside if data.get(each)}
            text = data.get(form.add_prefix(name), "")
            kept = DraftForm({"key": widget.draft_key, "text": text, "beside": json.dumps(beside)})
            if kept.is_valid():
                words = kept.cleaned_data
                widget.draft = keep_draft(by, words["key"], words["text"], beside=words["beside"])
            else:
                widget.draft = find_draft(by, widget.draft_key)
