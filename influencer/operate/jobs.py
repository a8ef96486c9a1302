from django.db.models import Q
from django.utils import timezone

from core.journal.jobs import KEPT
from core.people.models import ERASED
from core.schedule.each import each
from influencer.operate import services
from influencer.operate.models import Rescue, RescueState


def sweep() -> None:
    """Carry out what waited its day."""
    due = Rescue.objects.filter(state=RescueState.WAITING, due_at__lte=timezone.now()).order_by("due_at")
    each("operate.rescues", due, services.finish_rescue, key=lambda rescue: rescue.pk)


def retention() -> int:
    """Who asked for a way back into an account is known for a year, as everything in the journal; with an account
    that was erased it goes at once."""
    old = Q(closed_at__lt=timezone.now() - KEPT) | Q(person__email__endswith=ERASED)
    return Rescue.objects.filter(old).delete()[0]
