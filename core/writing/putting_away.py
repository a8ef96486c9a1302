"""Drafts that are not needed after all: put away, so that undo brings back what was typed."""

from typing import TYPE_CHECKING

from django.db import transaction

from core.writing.models import Draft
from core.writing.services import forget_draft, keep_draft

if TYPE_CHECKING:
    from core.people.models import User


@transaction.atomic
def put_away(person: "User", key: str, text: str | None, *, beside: dict[str, str]) -> None:
    """What stands in the form, or what was kept of it when that says nothing, or nothing that can be kept (`None`). It
    goes for good as old drafts do."""
    draft = Draft.objects.filter(person=person, key=key).first()
    if draft is not None and text is None:
        keep_draft(person, away(key), draft.text, beside=draft.beside | beside)
    elif (text and text.strip()) or beside:
        keep_draft(person, away(key), text or "", beside=beside)
    elif draft is not None:
        keep_draft(person, away(key), draft.text, beside=draft.beside)
    forget_draft(person, key)


@transaction.atomic
def bring_back(person: "User", key: str) -> None:
    """Before what was begun in the meantime."""
    draft = Draft.objects.filter(person=person, key=away(key)).first()
    if draft is None:
        return
    since = Draft.objects.filter(person=person, key=key).first()
    text = "\n\n".join(filter(None, (draft.text, since.text if since else "")))
    keep_draft(person, key, text, beside=draft.beside | (since.beside if since else {}))
    forget_draft(person, away(key))


def away(key: str) -> str:
    """Under which key a draft waits for undo."""
    return f"{key}:away"
