"""Undo of a cancelled or moved hour: for who did it, for ten minutes, as long as nothing else was done with it."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.core import signing

from community.office_hours.models import Booking

if TYPE_CHECKING:
    from core.people.models import User

UNDO_WITHIN = timedelta(minutes=10)
SALT = "office_hours.undo"


def undo_of(booking: Booking, person: "User") -> str:
    return signing.dumps([booking.pk, booking.sequence, person.pk], salt=SALT)


def may_undo(booking: Booking, person: "User", token: str) -> bool:
    try:
        said = signing.loads(token, salt=SALT, max_age=UNDO_WITHIN)
    except signing.BadSignature:
        return False
    return bool(said == [booking.pk, booking.sequence, person.pk])
