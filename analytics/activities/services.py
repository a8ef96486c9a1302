"""Logging what one did. It is the person's own: the journal, which others read, says nothing of it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction

from analytics.activities.models import Activity
from analytics.activities.score_services import forget_scores
from analytics.activities.week_services import forget_weeks
from analytics.metrics.hooks import figures_changed
from programs.membership.models import Program

if TYPE_CHECKING:
    from analytics.activities.from_archives import ArchivedPost
    from core.people.models import User


@transaction.atomic
def log_activity(program: Program, data: dict[str, Any], *, by: "User", once: UUID | None = None) -> Activity:
    """`once` is made where it was typed: what a phone sends again, since it heard no answer, is logged already."""
    if once is None:
        return _changed(Activity.objects.create(program=program, user=by, **data))
    activity, is_new = Activity.objects.get_or_create(user=by, once=once, defaults={"program": program, **data})
    return _changed(activity) if is_new else activity


@transaction.atomic
def log_archived(program: Program, posts: "Sequence[ArchivedPost]", *, by: "User", minutes: int) -> list[Activity]:
    """Posts of an archive, each once. One that was deleted a moment ago and is chosen again is there again."""
    made = []
    for post in posts:
        data = {"on": post.on, "kind": Activity.Kind.POST, "channel": post.channel, "url": post.url, "note": post.title}
        activity = log_activity(program, data | {"minutes": minutes}, by=by, once=post.once)
        if activity.deleted_at is not None:
            activity.take_back()
        made.append(_changed(activity))
    return made


@transaction.atomic
def edit_activity(activity: Activity, data: dict[str, Any], *, by: "User") -> Activity:
    """Only what the form holds: what was deleted in another window meanwhile stays deleted."""
    for name, value in data.items():
        setattr(activity, name, value)
    activity.save(update_fields=[*data])
    return _changed(activity)


@transaction.atomic
def delete_activity(activity: Activity, *, by: "User") -> Activity:
    """Take it out of sight and out of the figures; a day later it is gone for good."""
    activity.put_away()
    return _changed(activity)


@transaction.atomic
def delete_activities(activities: Sequence[Activity], *, by: "User") -> None:
    for activity in activities:
        delete_activity(activity, by=by)


@transaction.atomic
def restore_activities(activities: Sequence[Activity], *, by: "User") -> None:
    for activity in activities:
        restore_activity(activity, by=by)


@transaction.atomic
def restore_activity(activity: Activity, *, by: "User") -> Activity:
    activity.take_back()
    return _changed(activity)


def _changed(activity: Activity) -> Activity:
    figures_changed(activity.program_id)
    return activity


@transaction.atomic
def forget_person(user: "User", program: Program) -> None:
    """Who leaves the program takes the own activities along."""
    forget_weeks(user, program)
    had_scores = forget_scores(user, program)
    if Activity.objects.filter(user=user, program=program).delete()[0] or had_scores:
        figures_changed(program.pk)
