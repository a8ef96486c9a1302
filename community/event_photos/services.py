"""What changes about photos. People's own acts (adding, agreeing, refusing) are in no journal, and a refusal is told to
nobody: to who added the photo it looks like one that still waits."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Count, Exists, OuterRef
from django.db.models.functions import Coalesce
from django.utils import timezone

from community.event_photos import news, photo_reports
from community.event_photos.access import KIND
from community.event_photos.models import Agreement, EventPhoto, PhotoFate, PhotoPerson, PhotoReport
from community.event_photos.verbs import EventPhotosVerb
from community.events import moments
from community.events.models import Event
from core.attachments import services as attachments
from core.attachments.inspection import Inspected
from core.journal import services as journal
from programs.generations.models import Participant, ParticipantState

if TYPE_CHECKING:
    from core.people.models import User

MOST, MOST_OF_ONE = 500, 100
MOST_OF_ONE_TO_ONE = 10  # so often a day somebody can put a photo before the same person
WAITS, KEPT = timedelta(days=30), timedelta(days=365)


class AlbumClosedError(Exception):
    """It has not begun, or did not take place."""


class AlbumFullError(Exception):
    """More than an event, or one person, can have."""


class AskedOftenError(Exception):
    """The same person was marked by this one too often today."""


class NobodySaidError(Exception):
    """Neither that nobody is recognisable nor who is."""


def is_open(event: Event) -> bool:
    """Photos are added from the beginning of an event on, as long as they are kept."""
    begun = moments.begins(event.milestone)
    return event.is_open and begun <= timezone.now() < moments.ends(event.milestone) + KEPT


@transaction.atomic
def add_photo(
    event: Event,
    *,
    file: Inspected,
    caption: str,
    is_of_nobody: bool,
    people: Iterable["User"],
    is_me: bool,
    by: "User",
) -> EventPhoto:
    """Who is recognisable is asked; who adds a photo of themselves has agreed by that. Raises ValidationError when
    there is no space."""
    if not is_open(event):
        raise AlbumClosedError
    chosen = [person for person in people if person.pk != by.pk]
    if is_of_nobody == bool(chosen or is_me):
        raise NobodySaidError
    Event.objects.select_for_update(of=("self",)).get(pk=event.pk)  # one after the other is counted
    here = EventPhoto.objects.present().filter(event=event)
    if here.count() >= MOST or here.filter(by=by).count() >= MOST_OF_ONE:
        raise AlbumFullError
    _spare(chosen, by)
    photo = EventPhoto.objects.create(event=event, by=by, caption=caption, is_of_nobody=is_of_nobody)
    rows = [PhotoPerson(photo=photo, person=person) for person in chosen]
    rows += [PhotoPerson(photo=photo, person=by, answer=Agreement.AGREED, is_own=True)] if is_me else []
    PhotoPerson.objects.bulk_create(rows)
    program_id = event.milestone.program_id
    file = replace(file, name=f"photo{PurePath(file.name).suffix}")  # its own name may say who is in it
    attachments.attach(file, kind=KIND, target_id=photo.pk, program_id=program_id, by=by)
    news.ask(photo, chosen)
    return photo


def _spare(people: Iterable["User"], by: "User") -> None:
    """Nobody is put before others' photos over and over, also not with ones that are removed again."""
    today = PhotoPerson.objects.filter(photo__by=by, photo__created_at__gt=timezone.now() - timedelta(days=1))
    asked = today.filter(person__in=[person.pk for person in people]).values("person")
    if asked.annotate(times=Count("pk")).filter(times__gte=MOST_OF_ONE_TO_ONE).exists():
        raise AskedOftenError


@contextmanager
def hiding(photos: Iterable[int]) -> Iterator[None]:
    """What is no longer shown after the answers changed is kept 30 days from now; what is shown again, as before. One
    that never was shown stays as it is: the day it goes must not tell of a refusal."""
    rows = EventPhoto.objects.filter(pk__in=list(photos))
    before = list(rows.agreed_to().values_list("pk", flat=True))
    yield
    agreed = EventPhoto.objects.agreed_to().values("pk")
    rows.filter(pk__in=agreed).update(hidden_since=None)
    rows.filter(pk__in=before).exclude(pk__in=agreed).update(hidden_since=timezone.now())


@transaction.atomic
def say(photo: EventPhoto, *, person: "User", answer: str) -> str:
    """Agree, refuse, or refuse a photo in which nobody has marked one. Answers what was said before; nothing takes back
    what the person said of their own accord."""
    EventPhoto.objects.select_for_update(of=("self",)).get(pk=photo.pk)
    row = PhotoPerson.objects.filter(photo=photo, person=person).first()
    before = row.answer if row else ""
    with hiding([photo.pk]):
        if row is None:
            if answer == Agreement.REFUSED:
                PhotoPerson.objects.create(photo=photo, person=person, answer=answer, is_own=True)
        elif answer:
            PhotoPerson.objects.filter(pk=row.pk).update(answer=answer)
        elif row.is_own and (photo.is_of_nobody or photo.by_id != person.pk):
            row.delete()
    return before


@transaction.atomic
def remove(photo: EventPhoto, *, by: "User") -> None:
    """Gone at once with its file; a host who removes what somebody else added is in the journal."""
    if photo.deleted_at is None:
        photo.put_away(is_removed=photo.by_id != by.pk)
        photo_reports.settle(photo, fate=PhotoFate.HIDDEN)
        _note_removal(photo, by)


@transaction.atomic
def restore(photo: EventPhoto, *, by: "User") -> None:
    if photo.deleted_at is not None:
        photo.take_back(is_removed=False)
        photo_reports.reopen(photo)
        _note_removal(photo, by)


@transaction.atomic
def keep(photo: EventPhoto, *, by: "User") -> None:
    """The hosts see nothing wrong with a photo that was reported."""
    if photo_reports.settle(photo, fate=PhotoFate.KEPT):
        journal.record(EventPhotosVerb.KEPT, photo.event.milestone, by=by)


@transaction.atomic
def keep_no_longer(photo: EventPhoto, *, by: "User") -> None:
    if photo.deleted_at is None and photo_reports.reopen(photo):
        journal.record(EventPhotosVerb.KEPT, photo.event.milestone, by=by)


def _note_removal(photo: EventPhoto, by: "User") -> None:
    if photo.by_id != by.pk:
        journal.record(EventPhotosVerb.REMOVED, photo.event.milestone, by=by)


@transaction.atomic
def erase(pks: Iterable[int]) -> int:
    """For good, with the files."""
    keys = list(pks)
    attachments.forget(KIND, keys)
    return EventPhoto.objects.filter(pk__in=keys).delete()[0]


def retention() -> int:
    """A photo goes a year after its event, and one that nobody sees 30 days after it was added, or was last
    shown: whether somebody refused or did not answer is not to be told from that. A break of somebody in it is waited
    for: who comes back finds what was agreed to before."""
    now = timezone.now()
    old = EventPhoto.objects.filter(event__milestone__on__lt=(now - KEPT).date()).values_list("pk", flat=True)
    unseen = EventPhoto.objects.present().alias(since=Coalesce("hidden_since", "created_at"))
    unseen = unseen.filter(since__lt=now - WAITS)
    breaks = Participant.objects.filter(state=ParticipantState.PAUSED, user=OuterRef("person"))
    waiting = PhotoPerson.objects.filter(photo=OuterRef("pk"), answer=Agreement.WAITING)
    waiting = waiting.filter(Exists(breaks.filter(program=OuterRef("photo__event__milestone__program"))))
    unseen = unseen.exclude(pk__in=EventPhoto.objects.shown().values("pk")).exclude(Exists(waiting))
    PhotoReport.objects.filter(decided_at__lt=now - WAITS).delete()
    return erase({*old, *unseen.values_list("pk", flat=True)})
