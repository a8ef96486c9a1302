"""The journal is kept for twelve months."""

from datetime import timedelta

from django.utils import timezone

from core.journal.models import Entry

KEPT = timedelta(days=365)


def retention() -> int:
    return Entry.objects.filter(at__lt=timezone.now() - KEPT).delete()[0]
