"""A review is read by the team that writes it and by who was there; what it decided stands in the log for everybody."""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from core.kit.compiled import Blank, Compiled
from programs.membership.access import Ability, can, get_program
from programs.membership.models import Program
from programs.phases.models import Milestone
from programs.reviews.models import Finding, Review, ReviewAction, Seat

if TYPE_CHECKING:
    from core.people.models import User


def can_write(user: "User", program: Program) -> bool:
    return can(user, Ability.WRITE_REVIEWS, program)


def can_lead(user: "User", program: Program) -> bool:
    """Plan, close and delete a review."""
    return can(user, Ability.MANAGE_PROGRAM, program)


def _seats() -> "QuerySet[Seat, int]":
    rows = Seat.objects.filter(review=Blank("review"), member__user=Blank("person"), member__ended_at=None)
    return rows.order_by().values_list("pk", flat=True)[:1]


SEATS = Compiled(_seats)


def can_keep_lessons(user: "User", program: Program) -> bool:
    """Who writes reviews and the handbook."""
    return can_write(user, program) and can(user, Ability.WRITE_HANDBOOK, program)


def can_read(user: "User", review: Review) -> bool:
    program = review.program
    if can_write(user, program):
        return True
    return can(user, Ability.SEE_PROGRAM, program) and bool(SEATS.rows(review=review.pk, person=user.pk))


def get_review(user: "User", slug: str, pk: int) -> Review:
    review = _review(get_program(user, slug), pk)
    if not can_read(user, review):
        raise Http404
    return review


def get_review_to_write(user: "User", slug: str, pk: int) -> Review:
    review = get_review(user, slug, pk)
    if not can_write(user, review.program):
        raise PermissionDenied
    return review


def get_review_to_lead(user: "User", slug: str, pk: int) -> Review:
    """Also a deleted one: deleting and bringing back are harmless twice."""
    program = get_program(user, slug)
    review = _review(program, pk, deleted=True)
    if not can_read(user, review):
        raise Http404
    if not can_lead(user, program):
        raise PermissionDenied
    return review


def get_date(user: "User", slug: str, pk: int) -> Milestone:
    """A date of the timeline that is a review."""
    program = get_program(user, slug, Ability.MANAGE_PROGRAM)
    dates = Milestone.objects.present().filter(program=program, kind=Milestone.Kind.REVIEW)
    milestone = get_object_or_404(dates, pk=pk)
    milestone.program = program
    return milestone


def get_finding(user: "User", slug: str, pk: int, *, deleted: bool = False) -> Finding:
    """`deleted`: also one that went already; deleting and bringing back are harmless twice."""
    program = get_program(user, slug, Ability.WRITE_REVIEWS)
    rows = Finding.objects.all() if deleted else Finding.objects.present()
    rows = rows.select_related("review__milestone").filter(review__deleted_at=None)
    finding = get_object_or_404(rows, review__milestone__program=program, review__milestone__deleted_at=None, pk=pk)
    finding.review.milestone.program = program
    return finding


def get_finding_to_keep(user: "User", slug: str, pk: int) -> Finding:
    """A finding that goes into the handbook; decisions are in its log anyway."""
    finding = get_finding(user, slug, pk)
    if finding.is_decision:
        raise Http404
    if not can_keep_lessons(user, finding.review.program):
        raise PermissionDenied
    return finding


def get_action(user: "User", slug: str, pk: int, *, deleted: bool = False) -> ReviewAction:
    program = get_program(user, slug, Ability.WRITE_REVIEWS)
    rows = ReviewAction.objects.all() if deleted else ReviewAction.objects.present()
    rows = rows.select_related("review__milestone", "owner__user").filter(review__deleted_at=None)
    action = get_object_or_404(rows, review__milestone__program=program, review__milestone__deleted_at=None, pk=pk)
    action.review.milestone.program = program
    return action


def _review(program: Program, pk: int, *, deleted: bool = False) -> Review:
    rows = Review.objects.all() if deleted else Review.objects.present()
    rows = rows.select_related("milestone", "next", "closed_by")
    review = get_object_or_404(rows, milestone__program=program, milestone__deleted_at=None, pk=pk)
    review.milestone.program = program
    return review
