"""Who is marked in a photo is asked; by whom stands nowhere."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from community.event_photos import queries
from community.event_photos.models import Agreement, EventPhoto, PhotoPerson
from core.kit.rooms import News, Told
from core.news import services as news
from programs.membership.access import Ability, can, roles_by_program

if TYPE_CHECKING:
    from core.people.models import User

ASKED = "event_photos.asked"


def ask(photo: EventPhoto, people: "Iterable[User]") -> None:
    program_id = photo.event.milestone.program_id
    news.tell(ASKED, people, about=photo.event_id, item=photo.pk, program_id=program_id)


def look(person: "User", rows: Sequence[Any]) -> dict[int, Told]:
    """As long as there is something to decide, as in the album."""
    waiting = PhotoPerson.objects.filter(person=person, answer=Agreement.WAITING, photo__deleted_at=None)
    waiting = waiting.filter(photo__in=[int(row.item) for row in rows])
    waiting = waiting.exclude(photo__in=queries.refused().values("photo"))
    events = {
        str(each.photo_id): each.photo.event for each in waiting.select_related("photo__event__milestone__program")
    }
    told: dict[int, Told] = {}
    for row in rows:
        event = events.get(row.item)
        if event is None or event.milestone.deleted_at is not None:
            continue
        program = event.milestone.program
        if can(person, Ability.JOIN_EVENTS, program):
            url = reverse("community:event_photos", args=[program.slug, event.pk])
            told[row.pk] = Told(str(event.milestone.title), url, program=program.name)
    return told


def _hears(person: "User") -> bool:
    return any(can(person, Ability.JOIN_EVENTS, program) for program in roles_by_program(person))


NEWS = (
    News(
        ASKED,
        _("I am in a photo of an event"),
        _("Events"),
        37,
        ngettext_lazy(
            "You are in a photo: %(title)s. It is shown only if you agree.",
            "You are in %(count)s photos: %(title)s. They are shown only if you agree.",
            "count",
        ),
        _("You are receiving this email because somebody who added a photo marked you in it."),
        look,
        button=_("Look and decide"),
        icon="photo",
        asks=True,
        concerns=_hears,
    ),
)
