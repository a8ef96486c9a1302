"""A booking as a date in calendars: the same one as long as the row lives, whatever its time."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from community.office_hours.models import Booking, BookingState
from core.kit import calendars
from core.kit.calendars import Appointment
from core.kit.compiled import Blank, Compiled
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

KIND = "office_hours.booking"


def appointment_of(booking: Booking, reader: "User") -> Appointment:
    """As one of the two sees it. What was asked in advance stays in the product."""
    host = booking.slot.host
    other = booking.person if reader.pk == host.person_id else host.person
    zone = ZoneInfo(host.zone)
    url = settings.SITE_URL + reverse("community:booking_detail", args=[host.program.slug, booking.pk])
    return Appointment(
        uid=calendars.uid_of(KIND, booking.pk),
        title=_("Office hours: %(name)s") % {"name": other},
        start=booking.starts_at.astimezone(zone),
        end=booking.ends_at.astimezone(zone),
        changed_at=booking.changed_at,
        sequence=booking.sequence,
        place=host.place or host.link,
        text=host.link,
        url=url,
        is_cancelled=not booking.is_booked,
        organizer=settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].rstrip(">"),
        organizer_name=host.program.name,
        attendee=reader.email,
        answer="ACCEPTED",
    )


def part_of(booking: Booking, reader: "User") -> str:
    """What a mail about it carries."""
    method = calendars.REQUEST if booking.is_booked else calendars.CANCEL
    return calendars.write([appointment_of(booking, reader)], method=method).decode()


def booked_between(person: "User", program: Program, first: datetime, end: datetime) -> Iterator[Appointment]:
    """What a person booked and what was booked with them, also when it is over; nothing of anybody else."""
    for booking in BETWEEN.rows(person=person.pk, program=program.pk, first=first, end=end):
        yield appointment_of(booking, person)


def _of_both(**only: Blank) -> QuerySet[Booking]:
    person = Blank("person")
    rows = Booking.objects.filter(Q(person=person) | Q(slot__host__person=person), program=Blank("program"))
    rows = rows.filter(state=BookingState.BOOKED, **only).order_by("starts_at")
    return rows.select_related("slot__host__person", "slot__host__program", "person")


BETWEEN = Compiled(lambda: _of_both(starts_at__lt=Blank("end"), ends_at__gt=Blank("first")))
TO_COME = Compiled(lambda: _of_both(ends_at__gt=Blank("now")))


def appointments(person: "User", program: Program) -> Iterator[Appointment]:
    """For the person's own calendar: what they booked, and what was booked with them."""
    for booking in TO_COME.rows(person=person.pk, program=program.pk, now=timezone.now()):
        yield appointment_of(booking, person)
