"""Drafts: saved while typing, forgotten when the text is sent, emptied or left alone for a month."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from core.writing.models import Draft

if TYPE_CHECKING:
    from core.people.models import User

MOST = 100  # drafts of one person; the oldest makes room


class WrittenElsewhere(Exception):
    """The draft has changed since this window saw it: somebody writes in two windows."""

    def __init__(self, version: int) -> None:
        super().__init__()
        self.version = version


@transaction.atomic
def keep_draft(
    person: "User", key: str, text: str, *, beside: dict[str, str] | None = None, seen: int | None = None
) -> Draft | None:
    """Nothing to keep is no draft. `seen` is the version that stands behind what is written; with another one in
    between nothing is changed. The same again, because its answer was lost, is no other text. Not in the journal: what
    somebody is about to say is nobody's business."""
    if not text.strip() and not beside:
        values, is_new = None, False
    else:
        values = {"text": text, "beside": beside or {}, "version": (seen or 0) + 1}
        _draft, is_new = Draft.objects.get_or_create(person=person, key=key, defaults=values)
    draft = Draft.objects.select_for_update(no_key=True).filter(person=person, key=key).first()
    if draft and not is_new and (draft.text, draft.beside) == (text, beside or {}):
        return draft
    if draft and not is_new and seen is not None and draft.version != seen:
        raise WrittenElsewhere(draft.version)
    if values is None or draft is None:
        forget_draft(person, key)
        return None
    if not is_new:
        draft.text, draft.beside, draft.version = text, beside or {}, draft.version + 1
        draft.save()
    spare = Draft.objects.filter(person=person).order_by("-saved_at", "-pk").values("pk")[MOST:]
    Draft.objects.filter(pk__in=list(spare.values_list("pk", flat=True))).delete()
    return draft


def forget_draft(person: "User", key: str) -> None:
    Draft.objects.filter(person=person, key=key).delete()


def purge_drafts(*, before: datetime) -> int:
    """Retention: what nobody went on with. Safe to run twice."""
    return Draft.objects.filter(saved_at__lt=before).delete()[0]


def forget_person(user: "User") -> int:
    """Drafts end with the account."""
    return Draft.objects.filter(person=user).delete()[0]
