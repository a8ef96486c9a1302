"""Drafts: saved while typing, forgotten when the text is sent, emptied or left alone for a month."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from core.writing.models import Draft

if TYPE_CHECKING:
    from core.people.models import User

MOST = 100  # drafts of one person; the oldest makes room


@transaction.atomic
def keep_draft(person: "User", key: str, text: str) -> Draft | None:
    """Nothing to keep is no draft. Not in the journal: what somebody is about to say is nobody's business."""
    if not text.strip():
        forget_draft(person, key)
        return None
    draft, _is_new = Draft.objects.update_or_create(person=person, key=key, defaults={"text": text})
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
