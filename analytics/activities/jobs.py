from datetime import timedelta

from django.utils import timezone

from analytics.activities.models import Activity

KEPT_FOR_UNDO = timedelta(days=1)


def retention() -> int:
    """Remove for good what was deleted more than a day ago."""
    rows = Activity.objects.filter(deleted_at__lt=timezone.now() - KEPT_FOR_UNDO)
    return rows.delete()[0]
