"""What a host decides: the rules, the windows, exceptions, absence. An absence is told as "does not take place"; why is
neither asked nor kept, and it stands in no log."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from community.office_hours import helping, queries, queueing, services
from community.office_hours.models import Absence, Booking, BookingState, HoursHost, HoursWindow, SpecialDay
from community.office_hours.verbs import OfficeHoursVerb
from core.journal import services as journal
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


@transaction.atomic
def set_rules(program: Program, *, by: "User", rules: dict[str, Any]) -> HoursHost:
    """The first time opens the office hours. What is booked stays as it is."""
    hours, is_new = HoursHost.objects.update_or_create(program=program, person=by, defaults=rules)
    verb = OfficeHoursVerb.OFFERED if is_new else OfficeHoursVerb.CHANGED
    journal.record(verb, by=by, program_id=program.pk)
    services.changed(program.pk)
    return hours


@transaction.atomic
def add_window(hours: HoursHost, *, by: "User", **window: Any) -> HoursWindow:
    journal.record(OfficeHoursVerb.CHANGED, by=by, program_id=hours.program_id)
    return HoursWindow.objects.create(host=hours, **window)


@transaction.atomic
def remove_window(window: HoursWindow, *, by: "User") -> None:
    journal.record(OfficeHoursVerb.CHANGED, by=by, program_id=window.host.program_id)
    window.delete()


@transaction.atomic
def add_special_day(hours: HoursHost, *, by: "User", **special: Any) -> SpecialDay:
    journal.record(OfficeHoursVerb.CHANGED, by=by, program_id=hours.program_id)
    return SpecialDay.objects.create(host=hours, **special)


@transaction.atomic
def remove_special_day(special: SpecialDay, *, by: "User") -> None:
    journal.record(OfficeHoursVerb.CHANGED, by=by, program_id=special.host.program_id)
    special.delete()


@transaction.atomic
def be_away(hours: HoursHost, *, first: date, last: date, by: "User") -> tuple[Absence, int]:
    """Whole days without hours. What was booked on them does not take place; how many that were."""
    HoursHost.objects.select_for_update(no_key=True).get(pk=hours.pk)
    absence = Absence.objects.create(host=hours, first=first, last=last)
    dropped = [each for each in queries.booked_with(hours, *queries.day_span(hours, first, last)) if each.is_ahead]
    for booking in sorted(dropped, key=lambda each: each.person_id):
        services.cancel(booking, by=by, absence=absence)
    services.changed(hours.program_id)
    return absence, len(dropped)


@transaction.atomic
def come_back(absence: Absence) -> int:
    """Undo: the days are open again, and what did not take place for it does, where both still can."""
    rows = Booking.objects.filter(dropped_by=absence, state=BookingState.CANCELLED).select_related(
        "slot__host", "person"
    )
    kept = list(rows.order_by("person", "pk"))
    Absence.objects.filter(pk=absence.pk).delete()
    services.changed(absence.host.program_id)
    count = 0
    for booking in kept:
        try:
            services.take_back(booking)
        except (services.SlotGone, services.Overlapping, services.TooLate):
            continue
        count += 1
    return count


@transaction.atomic
def end_for(person: "User", program: Program) -> None:
    """Somebody left: what they booked or offered ends. The others hear that it does not take place, no more."""
    HoursHost.objects.filter(program=program, person=person).update(is_open=False)  # first: nothing is free with them
    for booking in queries.upcoming_of([person.pk], program.pk).select_related("slot__host__person", "person"):
        services.cancel(booking, by=None)
    helping.want_no_help(program, by=person)
    queueing.end_for(person, program)
    services.stop_waiting(program, by=person)
