"""Staying in touch, ending it, and what follows when the person comes back or the account goes. The journal says
nothing of any of it: it is a person's own."""

from typing import TYPE_CHECKING

from django.db import transaction

from core.people.services import erase_account
from programs.consents import access as consents_access
from programs.consents import erasures
from programs.consents import services as consents
from programs.consents.models import Erasure, Purpose
from programs.membership.models import Membership, Program

if TYPE_CHECKING:
    from core.people.models import User

CHANNEL = "alumni"


@transaction.atomic
def stay(program: Program, *, by: "User") -> None:
    """Also the undo of ending it."""
    consents.grant(program, [Purpose.ALUMNI], by=by, channel=CHANNEL)


@transaction.atomic
def end(program: Program, *, by: "User") -> None:
    """At once nothing comes any more; the account waits until the time to think again is over."""
    consents.withdraw(program, [Purpose.ALUMNI], by=by, channel=CHANNEL)


def settle(user: "User", program: Program) -> None:
    """Somebody takes part again: staying in touch has done its work, and nothing of it rests."""
    if Purpose.PARTICIPATION in consents_access.granted(user, program):
        consents.withdraw(program, [Purpose.ALUMNI], by=user, channel=CHANNEL)
        erasures.drop(user, program, Purpose.ALUMNI)


def keeps_account(user: "User") -> bool:
    """As long as somebody stays in touch with one program, or may still undo having ended it."""
    return _keeps(user, but=None)


def let_account_go(user: "User", program: Program) -> None:
    """The time to think again is over. With nothing else that needs it the account is erased; where a role ended just
    before, or the person asked for the account to be deleted, that time decides."""
    is_needed = user.is_superuser or user.erase_at or Membership.objects.filter(user=user).exists()
    if not (is_needed or _keeps(user, but=program)):
        erase_account(user)


def forget_everywhere(user: "User") -> None:
    """The account is about to be erased: the ledger says that it ended with it."""
    for program in consents_access.programs_remembering(user):
        if Purpose.ALUMNI in consents_access.granted(user, program):
            consents.withdraw(program, [Purpose.ALUMNI], by=user, channel=CHANNEL)
            erasures.drop(user, program, Purpose.ALUMNI)


def _keeps(user: "User", *, but: Program | None) -> bool:
    rests = Erasure.objects.filter(user=user, purpose=Purpose.ALUMNI)
    if but is not None:
        rests = rests.exclude(program=but)
    remembering = consents_access.programs_remembering(user)
    return rests.exists() or any(Purpose.ALUMNI in consents_access.granted(user, each) for each in remembering)
