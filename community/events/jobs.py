"""What the clock does for events: it tells what has changed since people were last told, reminds on the last working
day before, and asks afterwards how it was.
Each event is claimed in the statement that marks it, so that two sweeps tell once."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from community.events import (
    attending,
    feedback,
    file_services,
    guest_letters,
    guest_services,
    leaving,
    moments,
    news,
    seats,
    services,
)
from community.events.models import Answer, Event, EventState
from community.events.models_guests import Guest
from core.schedule.each import each, unnamed
from programs.phases.models import SETTLED

KEPT = timedelta(days=90)


def sweep(now: datetime | None = None) -> None:
    now = now or timezone.now()
    announced = Event.objects.filter(state=EventState.ANNOUNCED).select_related("milestone__program")
    in_order = announced.order_by("milestone__on", "pk")
    off = in_order.filter(milestone__deleted_at__lt=now - moments.TIME_TO_UNDO)
    each("events.cancel", off, services.cancel_event, key=lambda event: event.pk)
    cancelled = Event.objects.filter(state=EventState.CANCELLED, tells_cancelled_at__lte=now)
    untold = _by_series(list(cancelled.select_related("milestone__program").order_by("milestone__on", "pk")))
    each("events.tell_cancelled", untold, services.tell_cancelled, key=lambda events: events[0].pk)
    running = list(in_order.filter(milestone__deleted_at=None, outcome__isnull=True))
    each("events.turn", running, lambda event: _turn(event, now), key=lambda event: event.pk)
    each("events.give_back", running, lambda event: seats.give_back(event, now), key=lambda event: event.pk)
    late = _by_series(running)
    each("events.invite_late", late, lambda events: seats.invite_late(events, now), key=lambda events: events[0].pk)
    changed = _by_series([event for event in running if _is_to_be_told(event, now)])
    each("events.tell_changed", changed, _tell_changed, key=lambda events: events[0].pk)
    resting = leaving.of_resting().order_by("person").values_list("person", flat=True).distinct()
    each("events.rest", resting, leaving.rest, key=unnamed)  # who pauses is in no log
    removed = Guest.objects.put_away().filter(deleted_at__lt=now - moments.TIME_TO_UNDO).order_by("pk")
    each("events.guests_removed", removed, guest_services.let_go, key=lambda guest: guest.pk)


def _by_series(events: Sequence[Event]) -> list[list[Event]]:
    found: dict[object, list[Event]] = {}
    for event in events:
        found.setdefault(event.series or event.pk, []).append(event)
    return list(found.values())


def _is_to_be_told(event: Event, now: datetime) -> bool:
    has_changed = event.told_revision != event.milestone.revision and event.milestone.changed_at < now - SETTLED
    return has_changed and event.milestone.on >= (now - timedelta(days=2)).date()


def _turn(event: Event, now: datetime) -> None:
    """What the clock says of this one: it is over, or it is near."""
    if moments.ends(event.milestone) <= now:
        _after(event, now)
    if moments.reminds_at(event.milestone) <= now < moments.begins(event.milestone):
        _remind(event)


def _tell_changed(events: list[Event]) -> None:
    """Of several dates of a series people are told together."""
    claimed = []
    for event in sorted(events, key=lambda found: found.pk):
        rows = Event.objects.filter(pk=event.pk, told_revision=event.told_revision)
        if rows.update(told_revision=event.milestone.revision) and event.told_revision is not None:
            claimed.append(event)
    news.tell_changed(claimed)
    for event in claimed:
        guest_letters.tell_changed(event)


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
        guest_letters.tell_reminder(event)


def retention() -> int:
    """Answers are kept no longer than somebody could ask about the event."""
    long_ago = timezone.localdate() - KEPT
    file_services.forget_orphans()
    return Answer.objects.filter(event__milestone__on__lt=long_ago).delete()[0]
