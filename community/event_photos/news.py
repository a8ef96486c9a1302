"""Who is marked in a photo is asked; by whom stands nowhere."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from community.event_photos import queries
from community.event_photos.access import sees_album
from community.event_photos.models import Agreement, EventPhoto, PhotoFate, PhotoPerson, PhotoReport
from core.kit.rooms import News, Told
from core.news import services as news
from programs.membership.access import Ability, can, roles_by_program
from programs.membership.queries import people_with

if TYPE_CHECKING:
    from core.people.models import User

ASKED, REPORTED, ANSWERED = "event_photos.asked", "event_photos.reported", "event_photos.answered"


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


def tell_hosts(photo: EventPhoto, *, but: "User") -> None:
    """That something was reported, by nobody in particular; who added it is no judge of it unless nobody else is."""
    program = photo.event.milestone.program
    rows = people_with(Ability.EDIT_EVENTS, program).select_related("user")
    hosts = {row.user_id: row.user for row in rows}
    if len(hosts) > 1:
        hosts.pop(photo.by_id, None)
    hosts.pop(but.pk, None)
    news.tell(REPORTED, hosts.values(), about=photo.event_id, item=photo.pk, program_id=program.pk)


def tell_reporter(report: PhotoReport, photo: EventPhoto) -> None:
    program_id = photo.event.milestone.program_id
    news.tell(ANSWERED, [report.by], about=photo.event_id, item=report.pk, program_id=program_id)


def look_at_reported(person: "User", rows: Sequence[Any]) -> dict[int, Told]:
    """Photos that still wait for a host."""
    waiting = queries.reported().filter(pk__in=[int(row.item) for row in rows])
    found = {str(each.pk): each.event for each in waiting.select_related("event__milestone__program")}
    hosted = {row.pk: found[row.item] for row in rows if row.item in found}
    return {
        pk: _told_of(event, "")
        for pk, event in hosted.items()
        if event.milestone.deleted_at is None and can(person, Ability.EDIT_EVENTS, event.milestone.program)
    }


def look_at_answers(person: "User", rows: Sequence[Any]) -> dict[int, Told]:
    """What became of what this person has reported."""
    settled = PhotoReport.objects.filter(by=person, pk__in=[int(row.item) for row in rows]).exclude(decided_at=None)
    found = {str(each.pk): each for each in settled.select_related("photo__event__milestone__program")}
    told: dict[int, Told] = {}
    for row in rows:
        report = found.get(row.item)
        event = report.photo.event if report else None
        if report and event and event.milestone.deleted_at is None and sees_album(person, event):
            said = _("it is hidden") if report.fate == PhotoFate.HIDDEN else _("it stays")
            told[row.pk] = _told_of(event, str(said))
    return told


def _told_of(event: Any, said: str) -> Told:
    program = event.milestone.program
    title = f"{event.milestone.title}: {said}" if said else str(event.milestone.title)
    return Told(title, reverse("community:event_photos", args=[program.slug, event.pk]), program=program.name)


def _judges(person: "User") -> bool:
    return any(can(person, Ability.EDIT_EVENTS, program) for program in roles_by_program(person))


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
    News(
        REPORTED,
        _("Reported photos"),
        _("Events"),
        38,
        ngettext_lazy("A photo was reported: %(title)s", "%(count)s photos were reported: %(title)s", "count"),
        _("You are receiving this email because you plan the events of the program."),
        look_at_reported,
        note=_("for hosts"),
        button=_("View"),
        icon="flag",
        asks=True,
        concerns=_judges,
    ),
    News(
        ANSWERED,
        _("Answers to photos I reported"),
        _("Events"),
        39,
        ngettext_lazy(
            "The hosts have looked at the photo you reported. %(title)s",
            "The hosts have looked at %(count)s photos you reported. %(title)s",
            "count",
        ),
        _("You are receiving this email because you reported a photo. Nobody reads that it was you."),
        look_at_answers,
        button=_("View"),
        icon="flag",
        concerns=_hears,
    ),
)
