"""What stands in somebody's calendar: whatever the rooms call the person's own dates, in the programs of now."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from core.kit import rooms
from core.kit.calendars import Appointment
from core.people.models import User
from influencer.calendar.models import CalendarAddress
from programs.membership.access import roles_by_program


def made_at(person: User) -> datetime | None:
    """Since when the person has an address; the address itself nobody knows any more."""
    return CalendarAddress.objects.filter(person=person).values_list("made_at", flat=True).first()


def appointments_of(person: User) -> Iterator[Appointment]:
    """Without who asks and who is asked: a calendar that is only read holds no invitations (RFC 5546, PUBLISH)."""
    for program in roles_by_program(person):
        for room in rooms.every():
            for own in room.appointments:
                for appointment in own(person, program):
                    yield replace(appointment, organizer="", organizer_name="", attendee="", answer="")
