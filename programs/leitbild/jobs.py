"""What the clock does for workshops."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from core.schedule.each import each
from programs.leitbild import steps
from programs.leitbild.models import LeitbildState, LeitbildWorkshop

ENDED, VOTING = timedelta(days=1), timedelta(days=14)


def retention() -> int:
    """Votes are counted and go, also where nobody came back to end the voting or to look at the result."""
    now = timezone.now()
    due = Q(state=LeitbildState.COUNTING, state_since__lt=now - ENDED)
    due |= Q(state=LeitbildState.VOTING, state_since__lt=now - VOTING)
    rows = LeitbildWorkshop.objects.present().filter(due).select_related("program").order_by("pk")

    def end(row: LeitbildWorkshop) -> None:
        if row.state == LeitbildState.VOTING:
            steps.go(row, to=LeitbildState.COUNTING, by=None)
        steps.go(row, to=LeitbildState.CLOSED, by=None)

    return each("leitbild.retention", rows, end, key=lambda row: row.pk).done
