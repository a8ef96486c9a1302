"""What the clock does for events: it tells what has changed since people were last told, reminds on the day before, and
asks afterwards how it was.
Each event is claimed in the statement that marks it, so that two sweeps tell once."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from community.events import attending, feedback, moments, news, services
from community.events.models import Answer, Event, EventState

SETTLED = timedelta(minutes=2)  # several changes in a row are told as one
TIME_TO_UNDO = timedelta(minutes=10)
KEPT = timedelta(days=90)


def sweep(now: datetime | None = None) -> None:
    now = now or timezone.now()
    changed: dict[object, list[Event]] = {}
    announced = Event.objects.filter(state=EventState.ANNOUNCED).select_related("milestone__program")
    for event in announced.filter(milestone__deleted_at__lt=now - TIME_TO_UNDO):
        services.cancel_event(event)
    for event in announced.filter(milestone__deleted_at=None, outcome__isnull=True):
        is_recent = event.milestone.on >= (now - timedelta(days=2)).date()
        if is_recent and event.told_revision != event.milestone.revision and event.milestone.changed_at < now - SETTLED:
            changed.setdefault(event.series or event.pk, []).append(event)
        if moments.ends(event.milestone) <= now:
            _after(event, now)
        if moments.reminds_at(event.milestone) <= now < moments.begins(event.milestone):
            _remind(event)
    for events in changed.values():
        _tell_changed(events)


@transaction.atomic
def _tell_changed(events: list[Event]) -> None:
    """Of several dates of a series people are told together."""
    claimed = []
    for event in sorted(events, key=lambda each: each.pk):
        rows = Event.objects.filter(pk=event.pk, told_revision=event.told_revision)
        if rows.update(told_revision=event.milestone.revision) and event.told_revision is not None:
            claimed.append(event)
    news.tell_changed(claimed)


def _after(event: Event, now: datetime) -> None:
    """Once it is over people are asked how it was, the day after they are counted, and a week later what they said is
    summed up."""
    attending.counted(event, event.milestone.program)
    if feedback.closes_at(event) <= now:
        feedback.close(event)
    elif not event.has_asked:
        _ask(event)


@transaction.atomic
def _ask(event: Event) -> None:
    if Event.objects.filter(pk=event.pk, has_asked=False).update(has_asked=True):
        news.tell_how_was_it(event)


@transaction.atomic
def _remind(event: Event) -> None:
    on = event.milestone.on
    if Event.objects.filter(pk=event.pk).exclude(reminded_on=on).update(reminded_on=on):
        news.tell_reminder(event)


def retention() -> int:
    """Answers are kept no longer than somebody could ask about the event."""
    long_ago = timezone.localdate() - KEPT
    return Answer.objects.filter(event__milestone__on__lt=long_ago).delete()[0]
