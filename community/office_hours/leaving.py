"""What becomes of somebody's hours when they leave: at once what lies ahead ends, and after the time to think again
everything goes."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import ngettext

from community.office_hours import notes, queueing
from community.office_hours.models import Booking, BookingState, HoursHost, HoursWait
from community.office_hours.models_help import HelpWanted
from community.office_hours.models_notes import HourNote
from core.kit.kept import Kept
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


def kept(user: "User", program: Program) -> Iterator[Kept]:
    of_person = {"program": program, "person": user}
    stands = Booking.objects.filter(**of_person, state=BookingState.BOOKED)
    ahead, over = stands.filter(starts_at__gt=Now()), stands.filter(starts_at__lte=Now())
    yield Kept(ahead, lambda n: ngettext("booked hour", "booked hours", n), ends_at_once=True)
    yield Kept(over, lambda n: ngettext("past hour", "past hours", n))
    cancelled = Booking.objects.filter(**of_person).exclude(state=BookingState.BOOKED)
    yield Kept(cancelled, lambda n: ngettext("cancelled hour", "cancelled hours", n))
    notes_of = HourNote.objects.filter(**of_person)
    yield Kept(notes_of, lambda n: ngettext("note after a conversation", "notes after conversations", n))


@transaction.atomic
def forget_person(user: "User", program: Program) -> None:
    Booking.objects.filter(Q(person=user) | Q(slot__host__person=user), program=program).delete()
    HoursHost.objects.filter(program=program, person=user).delete()
    HoursWait.objects.filter(program=program, person=user).delete()
    HelpWanted.objects.filter(program=program, person=user).delete()
    queueing.end_for(user, program)
    notes.forget(user, program)


def forget_everywhere(user: "User") -> None:
    """With the account."""
    Booking.objects.filter(Q(person=user) | Q(slot__host__person=user)).delete()
    HoursHost.objects.filter(person=user).delete()
    HoursWait.objects.filter(person=user).delete()
    HelpWanted.objects.filter(person=user).delete()
    queueing.end_for(user, None)
    notes.forget(user, None)
