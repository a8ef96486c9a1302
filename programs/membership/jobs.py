from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from core.people.models import User
from core.people.services import erase_account
from programs.membership.models import Membership, TeamInvitation

DAYS_KEPT = 30


@transaction.atomic
def retention() -> int:
    """A role that ended is forgotten after 30 days; with the last one the account is erased.

    Until that day is over people may come back with one click. Administrators of the site stay: they need no program.
    """
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    over = Membership.objects.filter(ended_at__lt=midnight - timedelta(days=DAYS_KEPT))
    people = set(over.values_list("user_id", flat=True))
    removed = over.delete()[0]
    for user in User.objects.filter(pk__in=people, memberships=None, is_superuser=False):
        erase_account(user)
    return removed


@transaction.atomic
def forget_team_invitations() -> int:
    """Those that ended or were withdrawn, after 30 days; what was taken is gone at once."""
    before = timezone.now() - timedelta(days=DAYS_KEPT)
    over = Q(valid_until__lt=timezone.localdate(before)) | Q(withdrawn_at__lt=before)
    return TeamInvitation.objects.filter(over).delete()[0]
