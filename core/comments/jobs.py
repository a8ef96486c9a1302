"""What the worker does for comments."""

from datetime import timedelta

from django.utils import timezone

from core.comments.services import purge_deleted

KEPT = timedelta(days=30)  # as long a deletion can be taken back


def retention() -> int:
    """Deleted comments go for good after a month."""
    return purge_deleted(before=timezone.now() - KEPT)
