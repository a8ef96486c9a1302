"""What a host decides: the rules, the windows, exceptions, a single hour that cannot be."""

from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from community.office_hours import helping, news, queries, queueing, services
from community.office_hours.models import (
    Booking,
    BookingState,
    BusyTime,
    HoursHost,
    HoursWindow,
    SpecialDay,
)
from community.office_hours.verbs import OfficeHoursVerb
from core.journal import services as journal
from programs.membership.models import Program

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from core.people.models import User


@transaction.atomic
def set_rules(program: Program, *, by: "User", rules: dict[str, Any]) -> HoursHost:
    """The first time opens the office hours. What is booked stays at its time; who comes hears of another place."""
    before = HoursHost.objects.select_for_update(no_key=True).filter(program=program, person=by).first()
    hours, is_new = HoursHost.objects.update_or_create(program=program, person=by, defaults=rules)
    if before is not None and (before.place, before.link) != (hours.place, hours.link):
        _tell_the_place(hours)
    verb = OfficeHoursVerb.OFFERED if is_new else OfficeHoursVerb.CHANGED
    journal.record(verb, by=by, program_id=program.pk)
    services.changed(program.pk)
    return hours


def _tell_the_place(hours: HoursHost) -> None:
    ahead = Booking.objects.filter(slot__host=hours, state=BookingState.BOOKED, ends_at__gt=timezone.now())
    for booking in ahead.select_related("slot__host__person", "person").order_by("starts_at", "pk"):
        booking.sequence += 1
        booking.save(update_fields=["sequence", "changed_at"])
        news.place_changed(booking)


@transaction.atomic
def call_off(booking: Booking, *, by: "User", to: datetime | None, is_blocked: bool) -> Booking:
    """A single hour cannot be: at another time of the same host, or not at all. With `is_blocked` nobody books its old
    time again. Raises what moving and cancelling raise."""
    host, start, end = booking.slot.host, booking.starts_at, booking.ends_at
    services.lock([host.pk], [booking.person_id])
    if is_blocked:  # first, so that who waits does not hear of it
        BusyTime.objects.get_or_create(host=host, starts_at=start, ends_at=end, is_own=True)
    if to is not None:
        return services.move(booking, to=host, start=to, by=by)
    services.cancel(booking, by=by)
    return booking


@transaction.atomic
def call_back(booking: Booking, *, by: "User") -> None:
    """Undo of `call_off`, and of a cancellation by the person, whom a time that the host blocked stays closed to."""
    services.lock([booking.slot.host_id], [booking.person_id])
    start = booking.moved_from if booking.is_booked else booking.starts_at
    if start is None:
        return
    if by.pk == booking.slot.host.person_id:
        BusyTime.objects.filter(host=booking.slot.host_id, starts_at=start, is_own=True).delete()
    if booking.is_booked:
        host = booking.slot.host
        services.move(booking, to=host, start=start, by=host.person, is_undo=True)
    else:
        services.take_back(booking)


@transaction.atomic
def unblock(blocked: BusyTime) -> None:
    """The time can be booked again."""
    BusyTime.objects.filter(pk=blocked.pk).delete()
    services.changed(blocked.host.program_id)


@transaction.atomic
def block(hours: HoursHost, *, start: datetime, end: datetime) -> None:
    """Undo of `unblock`."""
    BusyTime.objects.get_or_create(host=hours, starts_at=start, ends_at=end, is_own=True)
    services.changed(hours.program_id)


class HoursOverlap(Exception):
    """The host has hours at that time already; only one of the two would be offered."""

    def __init__(self, other: HoursWindow | SpecialDay) -> None:
        super().__init__(str(other))
        self.other = other


def _never_twice(hours: HoursHost, rows: "QuerySet[Any]", begins: time, ends: time) -> None:
    """Under the host's lock, so that two forms at once are seen by each other."""
    services.lock([hours.pk], [])
    other = rows.filter(host=hours, deleted_at=None, begins__lt=ends, ends__gt=begins).first()
    if other is not None:
        raise HoursOverlap(other)


@transaction.atomic
def add_window(hours: HoursHost, *, by: "User", **window: Any) -> HoursWindow:
    """The same hours again are those that are there. Raises HoursOverlap."""
    same = HoursWindow.objects.present().filter(host=hours, **window).first()
    if same is not None:
        return same
    _never_twice(hours, HoursWindow.objects.filter(weekday=window["weekday"]), window["begins"], window["ends"])
    journal.record(OfficeHoursVerb.CHANGED, by=by, program_id=hours.program_id)
    return HoursWindow.objects.create(host=hours, **window)


@transaction.atomic
def remove_window(window: HoursWindow, *, by: "User") -> None:
    """No longer offered; what is booked stays."""
    journal.record(OfficeHoursVerb.CHANGED, by=by, program_id=window.host.program_id)
    window.put_away()


@transaction.atomic
def restore_window(window: HoursWindow, *, by: "User") -> None:
    """Raises HoursOverlap."""
    rows = HoursWindow.objects.filter(weekday=window.weekday).exclude(pk=window.pk)
    _never_twice(window.host, rows, window.begins, window.ends)
    journal.record(OfficeHoursVerb.CHANGED, by=by, program_id=window.host.program_id)
    window.take_back()


@transaction.atomic
def add_special_day(hours: HoursHost, *, by: "User", **special: Any) -> SpecialDay:
    """The same hours again are those that are there. Raises HoursOverlap."""
    same = SpecialDay.objects.present().filter(host=hours, **special).first()
    if same is not None:
        return same
    _never_twice(hours, SpecialDay.objects.filter(day=special["day"]), special["begins"], special["ends"])
    journal.record(OfficeHoursVerb.CHANGED, by=by, program_id=hours.program_id)
    return SpecialDay.objects.create(host=hours, **special)


@transaction.atomic
def remove_special_day(special: SpecialDay, *, by: "User") -> None:
    """That day has the usual hours."""
    journal.record(OfficeHoursVerb.CHANGED, by=by, program_id=special.host.program_id)
    special.put_away()


@transaction.atomic
def restore_special_day(special: SpecialDay, *, by: "User") -> None:
    """Raises HoursOverlap."""
    rows = SpecialDay.objects.filter(day=special.day).exclude(pk=special.pk)
    _never_twice(special.host, rows, special.begins, special.ends)
    journal.record(OfficeHoursVerb.CHANGED, by=by, program_id=special.host.program_id)
    special.take_back()


@transaction.atomic
def end_for(person: "User", program: Program) -> None:
    """Somebody left: what they booked or offered ends. The others hear that it does not take place, no more."""
    ahead = queries.upcoming_of([person.pk], program.pk)
    ends = list(ahead.select_related("slot__host__person", "person"))
    own = HoursHost.objects.filter(program=program, person=person)
    hosts = {*own.values_list("pk", flat=True), *(booking.slot.host_id for booking in ends)}
    services.lock(hosts, {person.pk, *(booking.person_id for booking in ends)})
    own.update(is_open=False)  # first: nothing is free with them
    for booking in ends:
        services.cancel(booking, by=None)
    helping.want_no_help(program, by=person)
    queueing.end_for(person, program)
    services.stop_waiting(program, by=person)
