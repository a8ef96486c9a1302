"""What the worker does for checklists."""

from django.utils import timezone

from core.kit.deleting import KEPT
from programs.checklists.batch_services import purge_batches


def retention() -> int:
    """What was kept for taking changes of many items back goes after a month."""
    return purge_batches(before=timezone.now() - KEPT)
