"""The field for longer texts: Markdown, with an editor where the browser runs scripts and a plain field where not."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse

from core.attachments.inspection import ACCEPT
from core.kit.characters import validate_visible
from core.kit.forms import Form
from core.kit.markdown import validate_links
from core.kit.sent_json import JsonField
from core.writing import menu
from core.writing.menu import Insert
from core.writing.models import Draft

LONGEST = 60_000
MOST_BESIDE, LONGEST_BESIDE = 12, 4_000


class MarkdownInput(forms.Textarea):
    """A toolbar, a menu after `/`, a preview, pictures by paste and drop, names after `@`, a draft on the server.

    `hang_on` says on which object pictures and names hang; without it there are none of either.
    """

    template_name = "writing/_editor.html"

    def __init__(self, attrs: dict[str, Any] | None = None, *, rows: int = 6, has_preview: bool = True) -> None:
        super().__init__({"rows": rows, "spellcheck": "true"} | (attrs or {}))
        self.has_preview = has_preview
        self.kind, self.target_id = "", 0
        self.takes_pictures = self.takes_files = self.takes_names = False
        self.draft_key = ""
        self.draft: Draft | None = None
        self.beside: Sequence[str] = ()
        self.stands: Mapping[str, str] = {}
        self.inserts: Sequence[Insert] = ()

    def hang_on(
        self, kind: str, target_id: int, *, pictures: bool = True, names: bool = True, files: bool = False
    ) -> None:
        self.kind, self.target_id = kind, target_id
        self.takes_pictures, self.takes_names, self.takes_files = pictures, names, files

    def keep_draft(
        self, key: str, draft: Draft | None, *, beside: Sequence[str] = (), stands: Mapping[str, str] | None = None
    ) -> None:
        """`draft` is what is already kept under this key; the form takes its text as the initial one, and what it has
        of the fields `beside` as theirs. `stands`: what is stored of `text` and of those fields, where something that
        is there is changed; that is no draft, and what comes back when a draft is discarded."""
        self.draft_key, self.draft, self.beside, self.stands = key, draft, beside, stands or {}

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        where = [self.kind, self.target_id]
        adds = "file_add" if self.takes_files else "picture_add"
        if self.takes_names:
            context["widget"]["attrs"]["data-mentions"] = reverse("people:find", args=where)
        context["editor"] = {
            "upload_url": reverse(f"attachments:{adds}", args=where) if self.takes_pictures else "",
            "accept": ACCEPT if self.takes_files else "image/jpeg,image/png,image/gif,image/webp",
            "takes_files": self.takes_files,
            "preview_url": reverse("writing:preview") if self.has_preview else "",
            "draft_url": reverse("writing:draft") if self.draft_key else "",
            "draft_key": self.draft_key,
            "draft": self.draft,
            "beside": " ".join(self.beside),
            "stands": json.dumps(self.stands) if self.stands else "",
            "table": menu.table(),
            "kind": self.kind,
            "target": self.target_id or "",
            "inserts": menu.as_json([*self.inserts, *menu.usual(takes_pictures=self.takes_pictures)]),
        }
        return context


class MarkdownField(forms.CharField):
    """Markdown with line ends of one kind; links that do not work are named."""

    widget = MarkdownInput

    def __init__(self, *, checks_links: bool = True, **more: Any) -> None:
        super().__init__(**({"max_length": LONGEST, "strip": False} | more))
        self.validators.append(validate_visible)
        if checks_links:
            self.validators.append(validate_links)

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")


class DraftForm(Form):
    key = forms.RegexField(r"^[a-z_]+(:[A-Za-z0-9_-]+)*$", max_length=80)
    text = forms.CharField(required=False, strip=False, max_length=LONGEST, widget=forms.Textarea)
    beside = JsonField(required=False)
    seen = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 2)

    def clean_beside(self) -> dict[str, str]:
        """A few fields with a text each."""
        fields = self.cleaned_data["beside"] or {}
        if not isinstance(fields, dict) or len(fields) > MOST_BESIDE:
            raise ValidationError("")
        if not all(isinstance(value, str) and len(value) <= LONGEST_BESIDE for value in fields.values()):
            raise ValidationError("")
        for name, value in fields.items():
            validate_visible(name)
            validate_visible(value)
        return fields


class PreviewForm(Form):
    text = forms.CharField(required=False, strip=False, max_length=LONGEST, widget=forms.Textarea)
    kind = forms.SlugField(required=False, max_length=40)
    target = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
