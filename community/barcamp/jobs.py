"""What the clock does for boards."""

from django.utils import timezone

from community.barcamp import services
from community.barcamp.models import ProposalVote
from community.events import moments
from community.events.models import Event


def retention() -> int:
    """Votes go when their barcamp is over, whether or not somebody has ended the voting."""
    now, ended = timezone.now(), 0
    with_votes = ProposalVote.objects.values("proposal__event")
    for event in Event.objects.filter(pk__in=with_votes).select_related("milestone__program"):
        if moments.is_over(event.milestone, now):
            ended += services.end_voting(event)
    return ended
