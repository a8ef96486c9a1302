"""Who agreed to what, now: the newest line of the ledger per person and purpose."""

from collections import Counter
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from programs.consents.models import Action, ConsentEvent
from programs.membership.models import Program

if TYPE_CHECKING:
    from influencer.people.models import User


def _newest(program: Program | int) -> QuerySet[ConsentEvent]:
    return (
        ConsentEvent.objects.filter(program=program)
        .order_by("user_id", "purpose", "-id")
        .distinct("user_id", "purpose")
    )


def granted(user: "User", program: Program) -> frozenset[str]:
    """The purposes a person has agreed to and not withdrawn."""
    rows = _newest(program).filter(user=user).values_list("purpose", "action")
    return frozenset(purpose for purpose, action in rows if action == Action.GRANTED)


def has_granted(user: "User", program: Program, purpose: str) -> bool:
    return purpose in granted(user, program)


def people_granting(program: Program | int, purpose: str) -> set[int]:
    """Ids of everybody whose consent for a purpose stands now."""
    rows = _newest(program).filter(purpose=purpose).values_list("user_id", "action")
    return {user for user, action in rows if action == Action.GRANTED}


def history(user: "User", program: Program) -> QuerySet[ConsentEvent]:
    """A person's own lines of the ledger, newest first."""
    return ConsentEvent.objects.filter(program=program, user=user).order_by("-id")


def counts(program: Program) -> Counter[str]:
    """How many people stand behind each purpose now."""
    rows = _newest(program).values_list("purpose", "action")
    return Counter(purpose for purpose, action in rows if action == Action.GRANTED)
