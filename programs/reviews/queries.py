from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from core.kit import page_cache
from core.kit.compiled import Blank, Compiled
from programs.membership.access import Ability
from programs.membership.models import Membership, Program
from programs.membership.queries import people_with, team_of
from programs.phases.models import Milestone
from programs.reviews import access
from programs.reviews.models import Review, ReviewAction

if TYPE_CHECKING:
    from core.people.models import User

MOST_DUE = 3
MOST_DATES = 5
LATELY = timedelta(days=30)


def reviews_for(user: "User", program: Program) -> QuerySet[Review]:
    """Those this person may read, the newest first, each with how many actions it agreed and how many are open."""
    rows = Review.objects.present().filter(milestone__program=program, milestone__deleted_at=None)
    if not access.can_write(user, program):
        rows = rows.filter(seats__member__user=user, seats__member__ended_at=None)
    actions = ReviewAction.objects.present().filter(review=OuterRef("pk")).order_by()
    of_one = actions.values("review").annotate(count=Count("pk")).values("count")  # asked for the rows of a page only
    return (
        rows.select_related("milestone")
        .order_by("-milestone__on", "-pk")
        .annotate(
            agreed=Coalesce(Subquery(of_one), 0),
            still_open=Coalesce(Subquery(of_one.filter(done_at=None)), 0),
        )
    )


def _without_record() -> QuerySet[Milestone]:
    dates = Milestone.objects.present().filter(program=Blank("program"), kind=Milestone.Kind.REVIEW)
    return dates.filter(review=None, on__gte=Blank("since")).order_by("on", "at", "pk")[:MOST_DATES]


WITHOUT_RECORD = Compiled(_without_record)


def dates_without_record(program: Program, today: date) -> list[Milestone]:
    """Reviews on the timeline that nobody has opened yet: those of the last weeks, and the next ones."""
    return WITHOUT_RECORD.rows(program=program.pk, since=today - LATELY)


def next_review(program: Program, today: date) -> Milestone | None:
    """The next date of this kind."""
    dates = Milestone.objects.upcoming(on=today).filter(program=program, kind=Milestone.Kind.REVIEW)
    return dates.order_by("on", "at", "pk").first()


def open_record_of(date: Milestone) -> int | None:
    """The record that was opened for it, by its number."""
    return Review.objects.present().filter(milestone=date, closed_at=None).values_list("pk", flat=True).first()


def before(review: Review) -> Review | None:
    """The last one of its kind, closed, that lies before it."""
    rows = Review.objects.present().filter(milestone__program=review.program, milestone__deleted_at=None)
    rows = rows.filter(kind=review.kind, milestone__on__lte=review.milestone.on).exclude(pk=review.pk)
    return rows.exclude(closed_at=None).order_by("-milestone__on", "-pk").prefetch_related("points").first()


def carried(review: Review, last: Review | None, user: "User") -> list[ReviewAction]:
    """Actions of earlier reviews that this person may read: those still open, and those done since the last one was
    closed."""
    rows = ReviewAction.objects.present().filter(
        review__milestone__program=review.program, review__deleted_at=None, review__milestone__deleted_at=None
    )
    rows = rows.filter(review__milestone__on__lte=review.milestone.on).exclude(review=review)
    if not access.can_write(user, review.program):
        rows = rows.filter(review__seats__member__user=user, review__seats__member__ended_at=None)
    since = Q(done_at=None) | (Q(done_at__gt=last.closed_at) if last else Q())
    if review.closed_at:
        rows = rows.filter(review__closed_at__lt=review.closed_at)
    return list(rows.filter(since).select_related("owner__user").order_by("done_at", "due_on", "pk"))


def present_at(review: Review) -> list[Membership]:
    """Who was there, by name."""
    seats = review.seats.select_related("member__user").order_by("member__user__name", "member_id")
    return [seat.member for seat in seats]


def who_hears_of_closing(review: Review, by: "User") -> list[Membership]:
    """Who was there and who does something, besides whoever closed it; each person once."""
    there = [row.member for row in review.seats.filter(member__ended_at=None).select_related("member__user")]
    busy = [row.owner for row in review.actions.present().select_related("owner__user") if row.owner]
    return list({row.user_id: row for row in [*busy, *there] if row.user_id != by.pk}.values())


def people_of(program: Program) -> QuerySet[Membership]:
    """Who can have been there: everybody with a role in running the program, and whom it answers to."""
    return team_of(program)


def owners_of(program: Program) -> QuerySet[Membership]:
    """Who can take an action."""
    once = people_with(Ability.WRITE_REVIEWS, program).order_by("user", "pk").distinct("user")
    return Membership.objects.filter(pk__in=once.values("pk")).select_related("user").order_by("user__name", "pk")


def due_for(user: "User", program: Program) -> list[ReviewAction]:
    """One's own open actions, the oldest first, for the start page."""
    if not access.can_write(user, program):
        return []
    name = f"reviews:{user.pk}"
    return page_cache.taken(
        f"program:{program.pk}", name, lambda: OPEN_ACTIONS.rows(person=user.pk, program=program.pk)
    )


def _open_actions() -> QuerySet[ReviewAction]:
    rows = ReviewAction.objects.present().filter(owner__user=Blank("person"), done_at=None)
    there = rows.filter(review__milestone__program=Blank("program"), review__milestone__deleted_at=None)
    return there.filter(review__deleted_at=None).order_by("due_on", "pk")[: MOST_DUE + 1]


OPEN_ACTIONS = Compiled(_open_actions)
