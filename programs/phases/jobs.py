"""What the worker does for phases and their dates."""

from datetime import timedelta

from django.utils import timezone

from programs.phases.models import Milestone

KEPT = timedelta(days=30)  # as long a deletion can be taken back


def retention() -> int:
    """Deleted dates go for good after a month."""
    return Milestone.objects.filter(deleted_at__lt=timezone.now() - KEPT).delete()[0]
