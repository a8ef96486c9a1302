"""What the clock does for reviews: whoever has the date in their calendar gets it anew when it moved, and it is taken
out when it was called off. However it was moved (form, dragging, with its phase), once and when it has settled."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from core.kit.deleting import KEPT
from core.schedule.each import each
from programs.phases.models import SETTLED, TIME_TO_UNDO
from programs.reviews import news
from programs.reviews.models import Invitee, Review


def tell_moved(now: datetime | None = None) -> None:
    now = now or timezone.now()
    coming = Review.objects.present().filter(closed_at=None, milestone__on__gte=timezone.localdate(now))
    there = coming.filter(milestone__deleted_at=None, milestone__changed_at__lt=now - SETTLED)
    gone = coming.filter(milestone__deleted_at__lt=now - TIME_TO_UNDO)
    untold = Invitee.objects.exclude(told_revision=F("review__milestone__revision")).values("review")
    found = (there | gone).filter(pk__in=untold).select_related("milestone__program").order_by("pk")
    each("reviews.tell_moved", found, _tell, key=lambda review: review.pk)


@transaction.atomic
def _tell(review: Review) -> None:
    """Each is claimed under a lock, so that two sweeps tell once."""
    rows = list(_invited(review).exclude(told_revision=review.milestone.revision).select_for_update(of=("self",)))
    review.invitees.filter(pk__in=[row.pk for row in rows]).update(told_revision=review.milestone.revision)
    news.tell_moved(review, [row.member.user for row in rows])


def _invited(review: Review) -> QuerySet[Invitee]:
    return review.invitees.filter(member__ended_at=None).select_related("member__user")


def retention() -> int:
    """Whom a review that is long over was sent to."""
    over = Invitee.objects.filter(review__milestone__on__lt=timezone.localdate() - KEPT)
    return over.delete()[0]
