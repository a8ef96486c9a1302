"""What the worker does for checklists."""

from django.utils import timezone

from core.kit.deleting import KEPT
from programs.checklists.batch_services import purge_batches
from programs.checklists.parts import purge_removed


def retention() -> int:
    """What was kept for taking changes of many items, or the removal of a phase, back goes after a month."""
    before = timezone.now() - KEPT
    return purge_batches(before=before) + purge_removed(before=before)
