"""Open actions out of reviews, for who hands them over."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.kit.handing_over import Charge, Charges
from programs.membership.models import Membership, Program
from programs.reviews import queries, services
from programs.reviews.models import ReviewAction

if TYPE_CHECKING:
    from core.people.models import User


def _rows(program: Program, whose: int) -> QuerySet[ReviewAction]:
    there = ReviewAction.objects.present().filter(review__deleted_at=None, review__milestone__deleted_at=None)
    return there.filter(review__milestone__program=program, owner__user=whose, done_at=None)


def _of(user: "User", program: Program) -> Iterator[Charge]:
    for action in _rows(program, user.pk).order_by("due_on", "pk"):
        yield Charge(action.pk, action.text, reverse("programs:review_detail", args=[program.slug, action.review_id]))


@transaction.atomic
def _give(program: Program, pk: int, *, whose: int, to: Membership, by: "User") -> bool:
    action = _rows(program, whose).select_for_update(of=("self",)).select_related("review").filter(pk=pk).first()
    if action is not None:
        services.change_action(action, owner=to, by=by)
    return action is not None


CHARGES = (Charges("action", _("Actions from reviews"), _of, queries.owners_of, _give),)
