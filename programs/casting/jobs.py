"""What is kept no longer. An answer of whatever kind leaves the same behind, so that what is left tells nobody which
one it was."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.utils import timezone

from programs.casting import mix_kept, services
from programs.casting.models import Answered, Interest, SeatFate
from programs.casting.tokens import address_hashes

UNCONFIRMED = timedelta(days=7)
WITHDRAWN = timedelta(days=1)  # so long it can be taken back
AFTER_ANSWER = timedelta(days=30)
UNANSWERED = timedelta(days=180)  # after the call has closed
HASHES = timedelta(days=365)


@transaction.atomic
def retention() -> int:
    """Addresses never confirmed go after a week, what was withdrawn after a day, what was answered after 30 days: then
    only the keyed hash stays, for a year. Who waits is kept until 30 days after the generation has begun. Without any
    answer everything goes half a year after the call has closed."""
    now, today = timezone.now(), timezone.localdate()
    dead = Q(declared_at=None, asked_at__lt=now - UNCONFIRMED) | Q(
        withdrawn_at__lt=now - WITHDRAWN, asked_at__lt=Greatest(F("withdrawn_at"), now - UNCONFIRMED)
    )
    dead |= Q(told=SeatFate.OPEN, call__closes_on__lt=today - UNANSWERED)
    rows = Interest.objects.select_for_update(of=("self",))
    settled = Q(told__in=(SeatFate.SEAT, SeatFate.NOT), told_at__lt=now - AFTER_ANSWER)
    began = Q(call__generation__start_on__lt=today - AFTER_ANSWER, call__closes_on__lt=today - AFTER_ANSWER)
    over = list(rows.filter(settled | (Q(told=SeatFate.WAITING) & began)))
    forgotten = list(rows.filter(dead))
    showed = [row for row in forgotten if row.declared_at and not row.withdrawn_at]
    mix_kept.keep_interest({row.call_id for row in (*showed, *over)}, today)
    gone = services.forget(forgotten)
    mix_kept.keep({row.call_id for row in over if row.told == SeatFate.SEAT}, today)
    Answered.objects.bulk_create(
        [Answered(call_id=row.call_id, address_hash=address_hashes(row.call_id, row.email)[0]) for row in over],
        ignore_conflicts=True,
    )
    return gone + services.forget(over) + Answered.objects.filter(on__lt=today - HASHES).delete()[0]
