"""Who sees photos of an event: who is invited to it, and who plans it, once everybody in a photo has agreed. Before
that only the people in it open it, to decide; where one of them refuses, nobody does, nor by the address of the file.
Who is in one opens it also without an invitation: they can say no at any time.
"""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from community.event_photos.models import Agreement, EventPhoto, PhotoPerson
from community.events import access as events
from community.events.invited import is_invited
from community.events.models import Event, EventState
from programs.membership.access import Ability
from programs.membership.models import Program
from programs.membership.queries import is_alone

if TYPE_CHECKING:
    from core.people.models import User

KIND = "event_photo"  # of the spot that the files hang on


def get_album(user: "User", slug: str, pk: int) -> Event:
    """404 for a draft; 403 for who neither is invited nor plans it."""
    event = _announced(user, slug, pk)
    if not sees_album(user, event):
        raise PermissionDenied
    return event


def get_pictures(user: "User", slug: str, pk: int) -> Event:
    """The album; for who is not invited but in a photo these photos alone. 403 for everybody else."""
    event = _announced(user, slug, pk)
    if not sees_album(user, event) and not PhotoPerson.objects.filter(photo__event=event, person=user).exists():
        raise PermissionDenied
    return event


def _announced(user: "User", slug: str, pk: int) -> Event:
    event = events.get_event(user, slug, pk)
    if event.state == EventState.DRAFT:
        raise Http404
    return event


def sees_album(user: "User", event: Event) -> bool:
    return events.can_host(user, event) or is_invited(event, user)


def get_photo(user: "User", slug: str, pk: int, number: int) -> EventPhoto:
    """One that this person sees, or was marked in."""
    event = get_pictures(user, slug, pk)
    photo = get_object_or_404(EventPhoto.objects.present(), event=event, pk=number)
    photo.event = event
    if not can_open(user, photo) and not PhotoPerson.objects.filter(photo=photo, person=user).exists():
        raise Http404
    return photo


def get_photo_to_report(user: "User", slug: str, pk: int, number: int) -> EventPhoto:
    """One that is shown; 403 for one's own, which one removes."""
    photo = get_photo(user, slug, pk, number)
    if not EventPhoto.objects.shown().filter(pk=photo.pk).exists():
        raise Http404
    if photo.by_id == user.pk:
        raise PermissionDenied
    return photo


def get_photo_to_judge(user: "User", slug: str, pk: int, number: int) -> EventPhoto:
    """For hosts alone. Nobody decides about a report of their own photo, unless nobody else could."""
    event = get_pictures(user, slug, pk)
    if not events.can_host(user, event):
        raise PermissionDenied
    photo = get_object_or_404(EventPhoto.objects.shown(), event=event, pk=number)
    photo.event = event
    if photo.by_id == user.pk and not judges_own(user, event.milestone.program):
        raise PermissionDenied
    return photo


def judges_own(user: "User", program: Program) -> bool:
    """Nobody else could decide."""
    return is_alone(user, Ability.EDIT_EVENTS, program)


def get_photo_to_remove(user: "User", slug: str, pk: int, number: int) -> EventPhoto:
    """One's own, or for a host one that is shown; 403 for what others added. What somebody took back stays so."""
    event = get_pictures(user, slug, pk)
    photo = get_object_or_404(EventPhoto, event=event, pk=number)
    photo.event = event
    if photo.by_id == user.pk and not photo.is_removed:
        return photo
    if photo.deleted_at is None and not can_open(user, photo):
        raise Http404
    if not events.can_host(user, event) or (photo.deleted_at is not None and not photo.is_removed):
        raise PermissionDenied
    return photo


def can_open(user: "User", photo: EventPhoto) -> bool:
    """Of who sees the album, or is in one of its photos."""
    answers = dict(PhotoPerson.objects.filter(photo=photo).values_list("person", "answer"))
    if EventPhoto.objects.shown().filter(pk=photo.pk).exists():
        return user.pk in answers or sees_album(user, photo.event)
    return user.pk in answers and Agreement.REFUSED not in answers.values()
