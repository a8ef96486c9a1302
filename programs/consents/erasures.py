"""What a withdrawal lets go: it rests first, can be taken back for thirty days, and is destroyed after that."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from core.kit.wake import wake
from programs.consents import hooks, tasks
from programs.consents.locks import hold
from programs.consents.models import Erasure, today_in
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

DAYS_TO_THINK = 30


def last_day(program: Program) -> date:
    """Until when a withdrawal of today can be taken back."""
    return today_in(program) + timedelta(days=DAYS_TO_THINK)


@transaction.atomic
def begin(user: "User", program: Program, purpose: str, *, consents: Iterable[str] = ()) -> Erasure | None:
    """Let rest what hangs on a consent; nothing when nothing ever does. `consents` are those that end with it."""
    if not any(hooks.belongings(purpose)):
        return None
    values = {"due_on": last_day(program), "consents": sorted(consents)}
    return Erasure.objects.update_or_create(program=program, user=user, purpose=purpose, defaults=values)[0]


@transaction.atomic
def take_back(user: "User", program: Program, purposes: Iterable[str]) -> None:
    """The consent stands again: what rested is there as it was. Where the last day is over and only the job is late, it
    goes now: nobody finds half of it again, and the job takes nothing that came after the return."""
    held = Erasure.objects.select_for_update(of=("self",)).select_related("program", "user")
    for erasure in held.filter(program=program, user=user, purpose__in=list(purposes)):
        if erasure.may_be_taken_back:
            erasure.delete()
        else:
            destroy(erasure)


@transaction.atomic
def destroy(erasure: Erasure) -> None:
    """What hangs on the consent goes for good, from every room."""
    for belonging in hooks.belongings(erasure.purpose):
        belonging.erase(erasure.user, erasure.program)
    erasure.delete()


@transaction.atomic
def hasten(erasure: Erasure) -> Erasure:
    """The person does not want to wait: from now on it cannot be taken back, and a worker does it."""
    hold(erasure.user, erasure.program)
    yesterday = today_in(erasure.program) - timedelta(days=1)
    if Erasure.objects.filter(pk=erasure.pk, due_on__gt=yesterday).update(due_on=yesterday):
        wake(tasks.erase_due)
    return erasure


def drop(user: "User", program: Program, purpose: str) -> None:
    """Nothing rests any more, and nothing is erased: what the consent was for has come about in another way."""
    Erasure.objects.filter(program=program, user=user, purpose=purpose).delete()
