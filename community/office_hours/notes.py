"""Notes: written, shared until a day, and a host's ones only while the person agrees."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from community.office_hours.models import Booking, HoursHost
from community.office_hours.models_notes import FollowUp, HourNote, NotesAllowed
from core.kit.switching import switch_on
from programs.consents.models import Purpose
from programs.consents.queries import people_whose_rests
from programs.membership.access import roles_in
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

MOST_NOTES = 200


class NotAllowed(Exception):
    """The person has not agreed to it, or does not any more."""


@transaction.atomic
def write(
    program: Program, *, text: str, host: HoursHost | None, shared_until: date | None, follow_up: str, by: "User"
) -> HourNote:
    """One's own. Shared is what has somebody to read it."""
    return HourNote.objects.create(
        program=program, person=by, host=host, text=text, follow_up=follow_up,
        shared_until=shared_until if host else None,
    )  # fmt: skip


@transaction.atomic
def change(note: HourNote, *, text: str, host: HoursHost | None, shared_until: date | None, follow_up: str) -> None:
    """What a host wrote stays as it is; whether one comes back to it is the person's word."""
    values = {"follow_up": follow_up}
    if not note.is_by_host:
        values |= {"text": text, "host": host, "shared_until": shared_until if host else None}  # type: ignore[dict-item]
    HourNote.objects.filter(pk=note.pk).update(**values)


@transaction.atomic
def delete_note(note: HourNote) -> None:
    note.delete()


@transaction.atomic
def allow(host: HoursHost, *, by: "User") -> None:
    switch_on(NotesAllowed, host=host, person=by)


@transaction.atomic
def allow_no_more(host: HoursHost, *, by: "User") -> None:
    """The host reads and writes none from this moment; the person keeps what was written, and may delete it."""
    NotesAllowed.objects.filter(host=host, person=by).delete()


def has_left(person: "User", program: Program) -> bool:
    """Who has no role any more, or withdrew: a host reads nothing of theirs from that moment, and writes nothing."""
    return not roles_in(person, program) or person.pk in people_whose_rests(program, Purpose.PARTICIPATION)


@transaction.atomic
def write_as_host(host: HoursHost, *, about: "User", text: str) -> HourNote:
    """The agreement is held until it is written, so that none slips in after it was taken back."""
    agreed = NotesAllowed.objects.select_for_update().filter(host=host, person=about)
    if not agreed or has_left(about, host.program):
        raise NotAllowed
    return HourNote.objects.create(program_id=host.program_id, person=about, host=host, is_by_host=True, text=text)


def notes_of(user: "User", program: Program) -> list[HourNote]:
    """All that belong to a person, the newest first, whoever wrote them; what is resolved stands below. One query."""
    rows = HourNote.objects.filter(program=program, person=user).select_related("host__person")
    rows = rows.annotate(is_resolved=Q(follow_up=FollowUp.RESOLVED))
    return list(rows.order_by("is_resolved", "-written_at", "-pk")[:MOST_NOTES])


def readable_by(host: HoursHost, person: "User") -> QuerySet[HourNote]:
    """What a host reads of a person: what is shared with this host today, and the own ones while it is agreed to."""
    if has_left(person, host.program):
        return HourNote.objects.none()
    agreed = NotesAllowed.objects.filter(host=host, person=OuterRef("person"))
    shared = Q(is_by_host=False, shared_until__gte=timezone.localdate())
    rows = HourNote.objects.filter(host=host, person=person).filter(shared | Q(Exists(agreed), is_by_host=True))
    return rows.order_by("-written_at", "-pk")


def is_allowed(host: HoursHost, person: "User") -> bool:
    return not has_left(person, host.program) and NotesAllowed.objects.filter(host=host, person=person).exists()


@dataclass(frozen=True)
class HostOfNotes:
    host: HoursHost
    is_allowed: bool


def hosts_for(user: "User", program: Program, of: HoursHost | None = None) -> list[HostOfNotes]:
    """With whom somebody has or had an hour, by name: with these one shares, and these one allows. `of` is the host of
    a note, whose hour may be so long ago that nothing of it is kept. One query."""
    had = Booking.objects.filter(slot__host=OuterRef("pk"), person=user)
    agreed = NotesAllowed.objects.filter(host=OuterRef("pk"), person=user)
    rows = HoursHost.objects.filter(program=program).exclude(person=user).annotate(agreed=Exists(agreed))
    known = Q(Exists(had)) | Q(agreed=True) | Q(pk=of.pk if of else None)
    rows = rows.filter(known).select_related("person").order_by("person__name", "pk")
    return [HostOfNotes(host, host.agreed) for host in rows]


def forget(user: "User", program: Program | None) -> None:
    of_program, of_host = ({"program": program}, {"host__program": program}) if program else ({}, {})
    HourNote.objects.filter(person=user, **of_program).delete()
    NotesAllowed.objects.filter(person=user, **of_host).delete()
