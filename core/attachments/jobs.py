"""What the worker does for attachments."""

from datetime import timedelta

from django.utils import timezone

from core.attachments.services import purge_deleted
from core.kit.workplace import tidy

KEPT = timedelta(days=30)  # as long a deletion can be taken back


def retention() -> int:
    """Deleted files go for good after a month; what a killed process left at work goes too."""
    return purge_deleted(before=timezone.now() - KEPT) + tidy()
