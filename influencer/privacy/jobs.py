"""Deleting in time: every room says in its `room.py` what it keeps no longer."""

from collections.abc import Callable

from django.utils import timezone

from core.kit import rooms
from core.people.models import User
from core.schedule.each import Outcome, each, unnamed
from influencer.privacy import account_services


def retention() -> Outcome:
    """Remove what is past its time in every room; safe to run at any hour, any number of times. A room whose
    deletion fails does not keep the others from theirs."""
    removals = [remove for room in rooms.every() for remove in room.retention]
    return each("privacy.retention", removals, lambda remove: remove(), key=_name)


def erase_accounts() -> Outcome:
    """Accounts whose owners asked for it two weeks ago, the oldest wish first."""
    due = User.objects.filter(erase_at__lte=timezone.now()).order_by("erase_at", "pk")
    return each("privacy.erase_accounts", due, account_services.erase, key=lambda user: unnamed(user.pk))


def _name(remove: Callable[[], int]) -> str:
    """Of a thing that removes, as it says; of a function, where it stands."""
    name = getattr(remove, "name", None)
    return str(name) if name else f"{remove.__module__}.{remove.__qualname__}"
