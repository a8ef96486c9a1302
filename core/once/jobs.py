from datetime import timedelta

from django.utils import timezone

from core.once.models import Sending

REMEMBERED = timedelta(days=2)  # nobody's browser asks again later than that


def retention() -> int:
    """Forms that were sent are forgotten. Safe to run twice."""
    return Sending.objects.filter(at__lt=timezone.now() - REMEMBERED).delete()[0]
