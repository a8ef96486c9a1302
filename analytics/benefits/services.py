"""Telling a success and withdrawing it. It is the person's own act: the journal says nothing of it."""

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q

from analytics.benefits import queries
from analytics.benefits.models import Benefit
from community.newsletters import voices
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


@transaction.atomic
def tell_success(program: Program, *, by: "User", **told: Any) -> Benefit:
    """From now on those may read it whom `readers` names."""
    return Benefit.objects.create(program=program, by=by, **told)


@transaction.atomic
def withdraw_success(benefit: Benefit, *, by: "User") -> Benefit:
    """At once nobody reads it any more, in frozen reports and in newsletters that went out neither; a day later its
    words are deleted."""
    voices.hold(benefit.program)
    if benefit.deleted_at is None:
        benefit.put_away()
    voices.forget(benefit.program, [benefit.key])
    return benefit


@transaction.atomic
def tell_again(benefit: Benefit, *, by: "User") -> Benefit:
    """Undo, while the words are still there. Newsletters that went out stay without it."""
    benefit.take_back()
    return benefit


@transaction.atomic
def rest(user: "User", program: Program) -> None:
    """Who withdraws is in no newsletter by name any more, from that moment on. What was told without a name stays:
    that it goes at the same time would name them."""
    voices.hold(program)
    voices.forget(program, queries.named_keys(user, program))


@transaction.atomic
def forget_person(user: "User", program: Program) -> None:
    """Who leaves the program takes along what they told by name, and what they withdrew; reports say that it was
    withdrawn. What was told without a name stays and is nobody's: that it goes at the same time would name them."""
    rest(user, program)
    rows = Benefit.objects.filter(by=user, program=program)
    rows.filter(Q(with_name=True) | Q(deleted_at__isnull=False)).delete()
    rows.update(by=None)


@transaction.atomic
def forget_everywhere(user: "User") -> None:
    for program in Program.objects.filter(pk__in=Benefit.objects.filter(by=user).values("program")):
        forget_person(user, program)
