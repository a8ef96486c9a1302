"""What changes about reviews. They are the team's own work, so the journal says who wrote and who closed."""

from collections.abc import Iterable, Mapping
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from core.journal import services as journal
from core.journal.changes import came, changes_of, went
from core.kit import languages, page_cache
from programs.handbook import services as handbook
from programs.handbook.models import Decision
from programs.membership.models import Membership, Program
from programs.phases import services as phases
from programs.phases.models import Milestone
from programs.reviews import news, queries
from programs.reviews.agenda import agenda_of
from programs.reviews.kinds import POINTS, ReviewKind
from programs.reviews.models import Finding, Invitee, Review, ReviewAction, ReviewPoint, Seat
from programs.reviews.series import next_day
from programs.reviews.verbs import ReviewsVerb

if TYPE_CHECKING:
    from core.people.models import User

GRACE = timedelta(hours=1)  # for which closing can be taken back


class PointOvertaken(Exception):
    """Somebody saved this point meanwhile; `point` holds what they wrote."""

    def __init__(self, point: ReviewPoint) -> None:
        super().__init__()
        self.point = point


class ReviewClosed(Exception):
    """The record was closed meanwhile: nothing is written in it any more."""


@transaction.atomic
def plan_review(
    program: Program,
    *,
    kind: str,
    title: Mapping[str, str],
    on: date,
    by: "User",
    at: time | None = None,
    until_at: time | None = None,
    place: str = "",
    rhythm: str = "",
    series_until: date | None = None,
    invite: Iterable[Membership] = (),
) -> Review:
    """A date on the timeline, with its record; whoever is invited gets it for the calendar."""
    milestone = phases.add_milestone(
        program, title=title, kind=Milestone.Kind.REVIEW, on=on, at=at, until_at=until_at, place=place, by=by
    )
    review = open_record(milestone, kind=kind, by=by)
    if rhythm:
        review.rhythm, review.series_until, review.series_since = rhythm, series_until, review.milestone.on
        review.save(update_fields=["rhythm", "series_until", "series_since"])
    _invite(review, invite)
    return review


def _invite(review: Review, members: Iterable[Membership]) -> None:
    invited = list(members)
    _has_the_date(review, invited)
    news.tell_invited(review, [row.user for row in invited])


def _has_the_date(review: Review, members: Iterable[Membership]) -> None:
    """Whoever got it for the calendar hears when it moves."""
    revision = review.milestone.revision
    rows = (Invitee(review=review, member=row, told_revision=revision) for row in members)
    Invitee.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def open_record(milestone: Milestone, *, kind: str, by: "User", also_deleted: bool = True) -> Review:
    """The record of a date on the timeline; the one there is, when two open it at once. A deleted one comes back,
    unless it is only opened because the one before was closed."""
    review, is_new = Review.objects.get_or_create(milestone=milestone, defaults={"kind": kind})
    if is_new:
        ReviewPoint.objects.bulk_create(ReviewPoint(review=review, key=key) for key in POINTS[ReviewKind(kind)])
        _noted(ReviewsVerb.PLANNED, review, by)
    elif review.deleted_at is not None and also_deleted:
        restore_review(review, by=by)
    return review


@transaction.atomic
def write_point(review: Review, *, key: str, light: str, text: str, based_on: int, by: "User") -> ReviewPoint:
    """Raises PointOvertaken when somebody saved it since `based_on`, and ReviewClosed."""
    _require_open(review)
    point = ReviewPoint.objects.select_for_update().get(review=review, key=key)
    if (point.light, point.text) == (light, text):
        return point
    if point.version != based_on:
        raise PointOvertaken(point)
    point.light, point.text, point.version = light, text, based_on + 1
    changed = changes_of(point, ("light", "text"))
    point.save(update_fields=["light", "text", "version"])
    _noted(ReviewsVerb.WRITTEN, review, by, changes=changed)
    return point


@transaction.atomic
def take_off(review: Review, *, item: int, by: "User") -> None:
    """An item of the checklists is not spoken of here; harmless twice, and for what is not proposed."""
    row = _require_open(review)
    if item in {each.item for each in agenda_of(_with_program(row, review)).topics}:
        _leave_out(row, [*row.left_out, item], by)


@transaction.atomic
def put_back(review: Review, *, item: int, by: "User") -> None:
    row = _require_open(review)
    if item in row.left_out:
        _leave_out(row, [each for each in row.left_out if each != item], by)


def _leave_out(row: Review, items: list[int], by: "User") -> None:
    row.left_out = items
    row.save(update_fields=["left_out"])
    _noted(ReviewsVerb.AGENDA_CHANGED, row, by)


def _with_program(row: Review, review: Review) -> Review:
    row.milestone.program = review.program
    return row


@transaction.atomic
def add_finding(review: Review, *, text: str, is_decision: bool, by: "User") -> Finding:
    _require_open(review)
    finding = Finding.objects.create(review=review, text=text, is_decision=is_decision)
    _noted(ReviewsVerb.WRITTEN, review, by, changes=came(finding, "text"))
    return finding


@transaction.atomic
def delete_finding(finding: Finding, *, by: "User") -> None:
    _require_open(finding.review)
    finding.put_away()
    _noted(ReviewsVerb.WRITTEN, finding.review, by, changes=went(finding, "text"))


@transaction.atomic
def restore_finding(finding: Finding, *, by: "User") -> None:
    _require_open(finding.review)
    finding.take_back()
    _noted(ReviewsVerb.WRITTEN, finding.review, by, changes=came(finding, "text"))


@transaction.atomic
def add_action(review: Review, *, text: str, owner: Membership | None, due_on: date | None, by: "User") -> ReviewAction:
    _require_open(review)
    action = ReviewAction.objects.create(review=review, text=text, owner=owner, due_on=due_on)
    _noted(ReviewsVerb.ACTION_ADDED, review, by)
    return action


@transaction.atomic
def change_action(action: ReviewAction, *, by: "User", **changes: object) -> None:
    """Also after the review: an action is followed until it is done."""
    for name, value in changes.items():
        setattr(action, name, value)
    changed = changes_of(action, changes)
    action.save(update_fields=[*changes])
    _noted(ReviewsVerb.WRITTEN, action.review, by, changes=changed)


@transaction.atomic
def tick_action(action: ReviewAction, *, is_done: bool, by: "User") -> None:
    """Done, or open again; harmless twice."""
    changed = ReviewAction.objects.filter(pk=action.pk, done_at__isnull=is_done)
    if changed.update(done_at=timezone.now() if is_done else None):
        _noted(ReviewsVerb.ACTION_DONE if is_done else ReviewsVerb.ACTION_REOPENED, action.review, by)


@transaction.atomic
def delete_action(action: ReviewAction, *, by: "User") -> None:
    action.put_away()
    _noted(ReviewsVerb.ACTION_DELETED, action.review, by)


@transaction.atomic
def restore_action(action: ReviewAction, *, by: "User") -> None:
    action.take_back()
    _noted(ReviewsVerb.ACTION_RESTORED, action.review, by)


@transaction.atomic
def note_end(
    review: Review,
    *,
    present: Iterable[Membership],
    team: str,
    next_on: date | None,
    next_at: time | None,
    by: "User",
) -> None:
    """Who was there, what changes in the team, when the next one is: a date on the timeline, at the same place."""
    row = _require_open(review)
    review.next = row.next  # what somebody else has just chosen
    _seat(review, {row.pk for row in present})
    review.team, review.next = team, _next_date(review, next_on, next_at, by)
    changed = changes_of(review, ("team", "next"))
    review.save(update_fields=["team", "next"])
    _noted(ReviewsVerb.WRITTEN, review, by, changes=changed)


def _seat(review: Review, members: set[int]) -> None:
    """Who could not be chosen, as a role has ended since, stays in the record."""
    could_be_chosen = review.seats.filter(member__in=queries.people_of(review.program))
    could_be_chosen.exclude(member__in=members).delete()
    Seat.objects.bulk_create((Seat(review=review, member_id=pk) for pk in members), ignore_conflicts=True)


def _next_date(review: Review, on: date | None, at: time | None, by: "User") -> Milestone | None:
    """The one planned already, moved; without a day it stays on the timeline by itself."""
    planned = review.next if review.next is not None and review.next.deleted_at is None else None
    if on is None:
        return None
    if planned is None:
        this = review.milestone
        kind = Milestone.Kind.REVIEW
        return phases.add_milestone(
            review.program, title=this.title.texts, kind=kind, place=this.place, on=on, at=at, by=by
        )
    if (planned.on, planned.at) != (on, at):
        phases.edit_milestone(planned, on=on, at=at, until_on=None, until_at=None, by=by)
    return planned


@transaction.atomic
def close_review(review: Review, *, by: "User") -> None:
    """Its decisions go into the log, and who was there or has something to do hears of it. Once."""
    row = Review.objects.select_for_update(of=("self",)).select_related("next", "milestone__program").get(pk=review.pk)
    if row.closed_at is not None or row.deleted_at is not None:
        return
    review.next = row.next or _next_in_series(row, by)
    _record_decisions(review, by)
    review.agenda = [each.frozen() for each in agenda_of(_with_program(row, review)).topics]
    review.closed_at, review.closed_by = timezone.now(), by
    review.save(update_fields=["closed_at", "closed_by", "next", "agenda"])
    if review.next is not None and review.next.deleted_at is None:
        review.next.program = review.program
        following = open_record(review.next, kind=review.kind, by=by, also_deleted=False)
        if review.rhythm and not following.rhythm:
            following.rhythm, following.series_until = review.rhythm, review.series_until
            following.series_since = review.series_since or review.milestone.on
            following.save(update_fields=["rhythm", "series_until", "series_since"])
        _has_the_date(following, queries.who_hears_of_closing(review, by=by))
    news.tell_closed(review, by=by)
    _noted(ReviewsVerb.CLOSED, review, by)


def _next_in_series(review: Review, by: "User") -> Milestone | None:
    """The one after this, at the same time and place; nothing where the series is over."""
    this = review.milestone
    on = next_day(this.on, review.rhythm, review.series_until, review.series_since)
    if on is None:
        return None
    return phases.add_milestone(
        this.program,
        title=this.title.texts,
        kind=Milestone.Kind.REVIEW,
        on=on,
        at=this.at,
        until_at=this.until_at,
        place=this.place,
        by=by,
    )


def _record_decisions(review: Review, by: "User") -> None:
    for finding in review.findings.present().filter(is_decision=True, decision=None):
        finding.decision = handbook.record_decision(
            review.program,
            by=by,
            text={languages.current(): finding.text},  # of who closes the review; it is shown to everybody
            considered={},
            decided_on=review.milestone.on,
            check_on=None,
            page=None,
        )
        finding.save(update_fields=["decision"])


def can_be_reopened(review: Review) -> bool:
    return review.closed_at is not None and timezone.now() < review.closed_at + GRACE


@transaction.atomic
def reopen_review(review: Review, *, by: "User") -> bool:
    """Within the hour; its decisions leave the log again. Whether it was in time."""
    row = Review.objects.select_for_update().get(pk=review.pk)
    if not can_be_reopened(row):
        return False
    for decision in Decision.objects.filter(finding__review=review):
        handbook.delete_decision(decision, by=by)
    review.findings.update(decision=None)
    news.take_back_told(review)
    review.closed_at = review.closed_by = review.agenda = None
    review.save(update_fields=["closed_at", "closed_by", "agenda"])
    _noted(ReviewsVerb.REOPENED, review, by)
    return True


@transaction.atomic
def delete_review(review: Review, *, by: "User") -> None:
    """The record; its date stays on the timeline."""
    review.put_away()
    _noted(ReviewsVerb.DELETED, review, by)


@transaction.atomic
def restore_review(review: Review, *, by: "User") -> None:
    review.take_back()
    _noted(ReviewsVerb.RESTORED, review, by)


def _require_open(review: Review) -> Review:
    """The row of now, locked: closing waits for what is being written, and writing for who is closing."""
    row = Review.objects.select_for_update(of=("self",)).select_related("next").get(pk=review.pk)
    if row.closed_at is not None:
        raise ReviewClosed
    return row


def _noted(verb: ReviewsVerb, review: Review, by: "User", **data: Any) -> None:
    journal.record(verb, review, by=by, program_id=review.program.pk, **data)
    page_cache.changed(review.program.pk)
