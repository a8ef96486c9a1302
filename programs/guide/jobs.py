from datetime import timedelta

from django.utils import timezone

from programs.guide.models import Sketch

KEPT = timedelta(days=180)  # after the last answer: who thinks longer about a program starts again


def retention() -> int:
    """Answers of programs that never came to be. Safe to run twice."""
    return Sketch.objects.filter(changed_at__lt=timezone.now() - KEPT).delete()[0]
