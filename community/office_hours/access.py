"""Who offers hours, who books them, and who reads what was asked in advance: the person and the host, nobody else."""

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.shortcuts import get_object_or_404
from django.utils import timezone

from community.office_hours import offering
from community.office_hours.models import Absence, Booking, BookingState, BusyTime, HoursHost, HoursWindow, SpecialDay
from community.office_hours.models_notes import HourNote, NotesAllowed
from community.office_hours.models_queue import OpenHour, OpenHourHost, Ticket
from programs.membership.access import Ability, get_program
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


def get_bookable(user: "User", slug: str) -> Program:
    return get_program(user, slug, Ability.BOOK_HOURS)


def get_taking_part(user: "User", slug: str) -> Program:
    return get_program(user, slug, Ability.TAKE_PART)


def get_offering(user: "User", slug: str) -> Program:
    """For the team, and for mentors, whose hours only those they accompany can book. A mentor who accompanies nobody
    any more reaches their own day and ends an absence as long as booked hours are ahead; nobody books new ones."""
    program = get_program(user, slug, Ability.BOOK_HOURS)
    if offering.may_offer(user, program) or _is_awaited(user, program):
        return program
    return get_hosting_all(user, slug)


def _is_awaited(user: "User", program: Program) -> bool:
    mine = Booking.objects.filter(program=program, slot__host__person=user, state=BookingState.BOOKED)
    return mine.filter(ends_at__gt=timezone.now()).exists()


def get_hosting_all(user: "User", slug: str) -> Program:
    """For who is there for everybody: drop-in hours, topics of all."""
    return get_program(user, slug, Ability.OFFER_HOURS)


def get_booking(user: "User", slug: str, pk: int) -> Booking:
    """For whose it is and for the host: nobody else may know of it."""
    program = get_bookable(user, slug)
    rows = Booking.objects.filter(program=program).filter(Q(person=user) | Q(slot__host__person=user))
    booking = get_object_or_404(rows.select_related("slot__host__person", "slot__host__program", "person"), pk=pk)
    booking.program = program
    return booking


def get_own_booking(user: "User", slug: str, pk: int) -> Booking:
    """For whose it is."""
    program = get_bookable(user, slug)
    rows = Booking.objects.filter(program=program, person=user).select_related("slot__host__person")
    booking = get_object_or_404(rows.select_related("slot__host__program", "slot__host__person", "person"), pk=pk)
    booking.program = program
    return booking


def get_open_hour(user: "User", slug: str) -> OpenHour:
    """The drop-in hour that goes on now, for who may come to it."""
    return get_object_or_404(OpenHour, program=get_bookable(user, slug), closed_at=None)


def get_open_hour_to_host(user: "User", slug: str) -> OpenHour:
    """For everybody who is there for all: they may join in."""
    return get_object_or_404(OpenHour, program=get_hosting_all(user, slug), closed_at=None)


def get_serving(user: "User", slug: str) -> OpenHourHost:
    """As one of those who serve it."""
    program = get_hosting_all(user, slug)
    rows = OpenHourHost.objects.filter(hour__program=program, hour__closed_at=None, person=user)
    return get_object_or_404(rows.select_related("hour__program", "person"))


def get_ticket(user: "User", slug: str) -> Ticket:
    """One's own place in the queue."""
    rows = Ticket.objects.filter(hour__program=get_bookable(user, slug), person=user)
    return get_object_or_404(rows.select_related("hour", "person"), hour__closed_at=None)


def get_own_hours(user: "User", slug: str) -> HoursHost | None:
    """One's own office hours, if there are any yet."""
    program = get_offering(user, slug)
    hours = HoursHost.objects.filter(program=program, person=user).first()
    if hours is not None:
        hours.program, hours.person = program, user
    return hours


def get_own_note(user: "User", slug: str, pk: int) -> HourNote:
    """One that belongs to this person, whoever wrote it."""
    program = get_bookable(user, slug)
    return get_object_or_404(HourNote.objects.select_related("program", "host"), program=program, person=user, pk=pk)


def get_host_of_notes(user: "User", slug: str, pk: int) -> HoursHost:
    """Somebody with whom one has or had an hour, or who may keep notes already."""
    program = get_bookable(user, slug)
    had = Booking.objects.filter(slot__host=OuterRef("pk"), person=user)
    allowed = NotesAllowed.objects.filter(host=OuterRef("pk"), person=user)
    rows = HoursHost.objects.filter(Q(Exists(had)) | Q(Exists(allowed)), program=program).exclude(person=user)
    return get_object_or_404(rows.select_related("person"), pk=pk)


def get_hosted_booking(user: "User", slug: str, pk: int) -> Booking:
    """For the host alone."""
    program = get_offering(user, slug)
    rows = Booking.objects.filter(program=program, slot__host__person=user)
    booking = get_object_or_404(rows.select_related("slot__host__person", "person"), pk=pk)
    booking.program = program
    return booking


def get_window(user: "User", slug: str, pk: int, *, also_removed: bool = False) -> HoursWindow:
    rows = HoursWindow.objects.all() if also_removed else HoursWindow.objects.present()
    return get_object_or_404(rows, host__program=get_offering(user, slug), host__person=user, pk=pk)


def get_special_day(user: "User", slug: str, pk: int, *, also_removed: bool = False) -> SpecialDay:
    rows = SpecialDay.objects.all() if also_removed else SpecialDay.objects.present()
    return get_object_or_404(rows, host__program=get_offering(user, slug), host__person=user, pk=pk)


def get_absence(user: "User", slug: str, pk: int) -> Absence:
    rows = Absence.objects.filter(host__program=get_offering(user, slug), host__person=user)
    return get_object_or_404(rows.select_related("host__program", "host__person"), pk=pk)


def get_blocked(user: "User", slug: str, pk: int) -> BusyTime:
    """A time that the host blocked, not one that a calendar says."""
    rows = BusyTime.objects.filter(host__program=get_offering(user, slug), host__person=user, is_own=True)
    return get_object_or_404(rows.select_related("host"), pk=pk)
