"""What the clock does for boards."""

from django.utils import timezone

from community.barcamp import services
from community.barcamp.models import ProposalVote
from community.events import moments
from community.events.models import Event
from core.schedule.each import each


def retention() -> int:
    """Votes go when their barcamp is over, whether or not somebody has ended the voting."""
    now, ended = timezone.now(), []
    with_votes = Event.objects.filter(pk__in=ProposalVote.objects.values("proposal__event"))

    def end(event: Event) -> None:
        if moments.is_over(event.milestone, now):
            ended.append(services.end_voting(event))

    rows = with_votes.select_related("milestone__program").order_by("milestone__on", "pk")
    each("barcamp.retention", rows, end, key=lambda event: event.pk)
    return sum(ended)
