"""Telling a success and withdrawing it. It is the person's own act: the journal says nothing of it."""

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q

from analytics.benefits.models import Benefit
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


@transaction.atomic
def tell_success(program: Program, *, by: "User", **told: Any) -> Benefit:
    """From now on those may read it whom `readers` names."""
    return Benefit.objects.create(program=program, by=by, **told)


@transaction.atomic
def withdraw_success(benefit: Benefit, *, by: "User") -> Benefit:
    """At once nobody reads it any more, in frozen reports neither; a day later its words are deleted."""
    if benefit.deleted_at is None:
        benefit.put_away()
    return benefit


@transaction.atomic
def tell_again(benefit: Benefit, *, by: "User") -> Benefit:
    """Undo, while the words are still there."""
    benefit.take_back()
    return benefit


@transaction.atomic
def forget_person(user: "User", program: Program) -> None:
    """Who leaves the program takes along what they told by name, and what they withdrew; reports say that it was
    withdrawn. What was told without a name stays and is nobody's: that it goes at the same time would name them."""
    rows = Benefit.objects.filter(by=user, program=program)
    rows.filter(Q(with_name=True) | Q(deleted_at__isnull=False)).delete()
    rows.update(by=None)
