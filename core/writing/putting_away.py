"""Drafts that are not needed after all: put away, so that undo brings back what was typed."""

from typing import TYPE_CHECKING

from django.db import transaction

from core.writing.models import Draft
from core.writing.services import forget_draft, keep_draft

if TYPE_CHECKING:
    from core.people.models import User


@transaction.atomic
def put_away(person: "User", key: str, text: str, *, beside: dict[str, str]) -> None:
    """What stands in the form, or what was kept of it when that says nothing. It goes for good as old drafts do."""
    away = _away(key)
    if text.strip() or beside:
        keep_draft(person, away, text, beside=beside)
    elif draft := Draft.objects.filter(person=person, key=key).first():
        keep_draft(person, away, draft.text, beside=draft.beside)
    forget_draft(person, key)


@transaction.atomic
def bring_back(person: "User", key: str) -> None:
    """Unless something else was begun in the meantime."""
    draft = Draft.objects.filter(person=person, key=_away(key)).first()
    if draft and not Draft.objects.filter(person=person, key=key).exists():
        keep_draft(person, key, draft.text, beside=draft.beside)
        forget_draft(person, _away(key))


def _away(key: str) -> str:
    return f"{key}:away"
