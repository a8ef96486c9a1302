"""Logging what one did. The journal keeps that something changed, never who did how much: that is the person's own."""

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from analytics.activities.models import Activity
from analytics.activities.verbs import ActivitiesVerb
from analytics.metrics.hooks import figures_changed
from core.journal import services as journal
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


@transaction.atomic
def log_activity(program: Program, data: dict[str, Any], *, by: "User") -> Activity:
    activity = Activity.objects.create(program=program, user=by, **data)
    return _changed(ActivitiesVerb.LOGGED, activity)


@transaction.atomic
def edit_activity(activity: Activity, data: dict[str, Any], *, by: "User") -> Activity:
    for name, value in data.items():
        setattr(activity, name, value)
    activity.save()
    return _changed(ActivitiesVerb.EDITED, activity)


@transaction.atomic
def delete_activity(activity: Activity, *, by: "User") -> Activity:
    """Take it out of sight and out of the figures; a day later it is gone for good."""
    activity.deleted_at = timezone.now()
    activity.save(update_fields=["deleted_at"])
    return _changed(ActivitiesVerb.DELETED, activity)


@transaction.atomic
def restore_activity(activity: Activity, *, by: "User") -> Activity:
    activity.deleted_at = None
    activity.save(update_fields=["deleted_at"])
    return _changed(ActivitiesVerb.RESTORED, activity)


def _changed(verb: ActivitiesVerb, activity: Activity) -> Activity:
    journal.record(verb, program_id=activity.program_id, by=None)
    figures_changed(activity.program_id)
    return activity


@transaction.atomic
def forget_person(user: "User", program: Program) -> None:
    """Who leaves the program takes the own activities along."""
    if Activity.objects.filter(user=user, program=program).delete()[0]:
        figures_changed(program.pk)
