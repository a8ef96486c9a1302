"""What the clock does for events: it tells what has changed since people were last told, and reminds on the day before.
Each event is claimed in the statement that marks it, so that two sweeps tell once."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from community.events import moments, news, services
from community.events.models import Answer, Event, EventState

SETTLED = timedelta(minutes=2)  # several changes in a row are told as one
TIME_TO_UNDO = timedelta(minutes=10)
KEPT = timedelta(days=90)


def sweep(now: datetime | None = None) -> None:
    now = now or timezone.now()
    announced = Event.objects.filter(state=EventState.ANNOUNCED).select_related("milestone__program")
    for event in announced.filter(milestone__deleted_at__lt=now - TIME_TO_UNDO):
        services.cancel_event(event)
    present = announced.filter(milestone__deleted_at=None, milestone__on__gte=(now - timedelta(days=2)).date())
    for event in present:
        if event.told_revision != event.milestone.revision and event.milestone.changed_at < now - SETTLED:
            _tell_changed(event)
        if moments.reminds_at(event.milestone) <= now < moments.begins(event.milestone):
            _remind(event)


@transaction.atomic
def _tell_changed(event: Event) -> None:
    claimed = Event.objects.filter(pk=event.pk, told_revision=event.told_revision)
    if claimed.update(told_revision=event.milestone.revision) and event.told_revision is not None:
        news.tell_changed(event)


@transaction.atomic
def _remind(event: Event) -> None:
    on = event.milestone.on
    if Event.objects.filter(pk=event.pk).exclude(reminded_on=on).update(reminded_on=on):
        news.tell_reminder(event)


def retention() -> int:
    """Answers are kept no longer than somebody could ask about the event."""
    long_ago = timezone.localdate() - KEPT
    return Answer.objects.filter(event__milestone__on__lt=long_ago).delete()[0]
