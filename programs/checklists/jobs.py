"""What the worker does for checklists."""

from datetime import timedelta

from django.utils import timezone

from programs.checklists.batch_services import purge_batches
from programs.checklists.services import purge_deleted

KEPT = timedelta(days=30)  # as long a deletion can be taken back


def retention() -> int:
    """Deleted items and evidence go for good after a month, and what was kept for taking changes back."""
    before = timezone.now() - KEPT
    return purge_deleted(before=before) + purge_batches(before=before)
