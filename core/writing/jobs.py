"""What the worker does for drafts."""

from datetime import timedelta

from django.utils import timezone

from core.writing.services import purge_drafts

DRAFTS_KEPT = timedelta(days=30)


def retention() -> int:
    """A draft that nobody went on with for a month goes."""
    return purge_drafts(before=timezone.now() - DRAFTS_KEPT)
