"""By the clock: who is reminded, whose bookings end because they left or pause, what is kept no longer."""

from collections import defaultdict
from datetime import datetime, timedelta

from django.utils import timezone

from community.office_hours import news, queueing, services
from community.office_hours.models import Absence, Booking, BookingState, BusyTime, HoursWait, SpecialDay, TakenSlot
from community.office_hours.models_queue import OpenHour
from core.news.kinds import silent_among
from core.schedule.each import each
from programs.generations.models import Participant, ParticipantState

KEPT_FOR = timedelta(days=90)
REMIND_BEFORE = timedelta(hours=24)
OVER_THE_WEEKEND = {4: timedelta(hours=72), 5: timedelta(hours=48)}  # on a Friday and on a Saturday
AT_ONCE = 200
GRACE = timedelta(minutes=15)


def sweep() -> None:
    _end_for_who_is_gone()
    _end_drop_in_hours()
    now = timezone.now()
    ahead = Booking.objects.filter(state=BookingState.BOOKED, starts_at__gt=now)
    soon = ahead.filter(reminded_at=None, starts_at__lte=now + _reach(now)).order_by("starts_at", "pk")
    each("office_hours.remind", soon.values_list("pk", flat=True)[:AT_ONCE], remind)


def remind(booking_id: int) -> None:
    """Once. Who has booked within the last day remembers it without."""
    rows = Booking.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=booking_id, reminded_at=None)
    booking = rows.filter(state=BookingState.BOOKED).select_related("slot__host__person", "person").first()
    if booking is None:
        return
    now = timezone.now()
    Booking.objects.filter(pk=booking.pk).update(reminded_at=now)
    if booking.changed_at < booking.starts_at - _reach(now):
        news.near(booking)


def _reach(now: datetime) -> timedelta:
    """A day ahead; over a weekend, on which hardly anybody hears from us, as far as the same hour of Monday."""
    return OVER_THE_WEEKEND.get(timezone.localtime(now).weekday(), REMIND_BEFORE)


def _end_for_who_is_gone() -> None:
    """Who left, has the role no longer or pauses for longer than the day on which it began: the other one hears that it
    does not take place, and nothing else."""
    ahead = Booking.objects.filter(state=BookingState.BOOKED, starts_at__gt=timezone.now())
    people: dict[int, set[int]] = defaultdict(set)
    pairs = list(ahead.values_list("pk", "program", "person", "slot__host__person"))
    for _pk, program, *two in pairs:
        people[program].update(two)
    gone = {program: _gone(program, silent_among(program, two)) for program, two in people.items()}
    ended = [pk for pk, program, *two in pairs if gone[program] & set(two)]
    each("office_hours.end", ended, _end)


def _gone(program: int, silent: set[int]) -> set[int]:
    paused = Participant.objects.filter(program=program, user__in=silent, state=ParticipantState.PAUSED)
    return silent - set(paused.exclude(pk__in=paused.resting()).values_list("user", flat=True)) if silent else silent


def _end(booking_id: int) -> None:
    services.cancel(Booking.objects.select_related("slot", "person").get(pk=booking_id), by=None)


def _end_drop_in_hours() -> None:
    """A quarter of an hour after its end an hour closes by itself."""
    late = OpenHour.objects.filter(closed_at=None, until__lt=timezone.now() - GRACE)
    each("office_hours.close", late.values_list("pk", flat=True), _close)


def _close(hour_id: int) -> None:
    queueing.close(OpenHour.objects.get(pk=hour_id), by=None)


def retention() -> int:
    """Ninety days after an hour nobody needs to know of it."""
    now = timezone.now()
    before = now - KEPT_FOR
    count = Booking.objects.filter(ends_at__lt=before).delete()[0]
    count += TakenSlot.objects.filter(ends_at__lt=before, bookings=None).delete()[0]
    count += Absence.objects.filter(last__lt=before.date()).delete()[0]
    count += SpecialDay.objects.filter(day__lt=before.date()).delete()[0]
    count += BusyTime.objects.filter(ends_at__lt=now - timedelta(days=1)).delete()[0]
    count += OpenHour.objects.filter(closed_at__lt=before).delete()[0]
    return count + HoursWait.objects.filter(since__lt=before).delete()[0]
