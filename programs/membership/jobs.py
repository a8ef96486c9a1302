from datetime import timedelta

from django.db import transaction
from django.db.models import Min, Q
from django.utils import timezone

from core.kit import rooms
from core.people.models import User
from core.people.services import erase_account
from core.schedule.each import each, unnamed
from programs.membership.models import Membership, TeamInvitation

DAYS_KEPT = 30


def retention() -> int:
    """A role that ended is forgotten after 30 days; with the last one the account is erased, each person by itself.

    Until that day is over people may come back with one click. Administrators of the site stay: they need no program;
    and so does whom a room keeps (`Room.keeps_account`), until that room lets the account go.
    """
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    over = Membership.objects.filter(ended_at__lt=midnight - timedelta(days=DAYS_KEPT))
    removed: list[int] = []

    def forget(user_id: int) -> None:
        count = over.filter(user=user_id).delete()[0]
        user = User.objects.filter(pk=user_id, memberships=None, is_superuser=False).first()
        if user is not None and not any(keeps(user) for room in rooms.every() for keeps in room.keeps_account):
            erase_account(user)
        removed.append(count)

    people = over.order_by().values("user_id").annotate(first=Min("ended_at")).order_by("first", "user_id")
    each("membership.retention", list(people.values_list("user_id", flat=True)), forget, key=unnamed)
    return sum(removed)


@transaction.atomic
def forget_team_invitations() -> int:
    """Those that ended or were withdrawn, after 30 days; what was taken is gone at once."""
    before = timezone.now() - timedelta(days=DAYS_KEPT)
    over = Q(valid_until__lt=timezone.localdate(before)) | Q(withdrawn_at__lt=before)
    return TeamInvitation.objects.filter(over).delete()[0]
