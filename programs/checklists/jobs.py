"""What the worker does for checklists."""

from datetime import timedelta

from django.utils import timezone

from programs.checklists.services import purge_deleted

KEPT = timedelta(days=30)  # as long a deletion can be taken back


def retention() -> int:
    """Deleted items and evidence go for good after a month."""
    return purge_deleted(before=timezone.now() - KEPT)
