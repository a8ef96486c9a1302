"""What waits for a host: photos that somebody reported."""

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from community.event_photos import access, queries
from community.event_photos.models import EventPhoto
from community.events.models import Event
from core.kit import page_cache
from core.kit.compiled import Blank, Compiled
from programs.membership.access import Ability, can
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


def _reported() -> QuerySet[EventPhoto]:
    waiting = queries.reported().filter(event__milestone__program=Blank("program"), event__milestone__deleted_at=None)
    return waiting.select_related("event__milestone")


_REPORTED = Compiled(_reported)


def build(user: "User", program: Program, today: date) -> list[Event] | None:
    """The events with such photos; nothing while there are none."""
    if not can(user, Ability.EDIT_EVENTS, program):
        return None

    def look() -> list[EventPhoto]:
        return _REPORTED.rows(program=program.pk)

    photos = page_cache.taken(f"program:{program.pk}", "photos_reported", look)  # by photo: who added it
    if any(photo.by_id == user.pk for photo in photos) and not access.judges_own(user, program):
        photos = [photo for photo in photos if photo.by_id != user.pk]
    return list({photo.event_id: photo.event for photo in photos}.values()) or None
