"""What becomes of photos when somebody leaves, pauses or deletes the account. Photos of a person are closed at once; in
the end those photos and the ones they added are deleted."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import ngettext

from community.event_photos import services
from community.event_photos.models import Agreement, EventPhoto, PhotoPerson, PhotoReport
from core.kit.kept import Kept
from programs.membership.access import Ability
from programs.membership.models import Program
from programs.membership.queries import people_with

if TYPE_CHECKING:
    from core.people.models import User


def kept(user: "User", program: Program) -> Iterator[Kept]:
    added = EventPhoto.objects.filter(by=user, event__milestone__program=program)
    yield Kept(added, lambda n: ngettext("photo you added", "photos you added", n))
    of_person = PhotoPerson.objects.filter(person=user, photo__event__milestone__program=program)
    yield Kept(of_person, lambda n: ngettext("photo with you in it", "photos with you in them", n))
    said = PhotoReport.objects.filter(by=user, photo__event__milestone__program=program)
    yield Kept(said, lambda n: ngettext("photo you reported", "photos you reported", n))


@transaction.atomic
def close(user: "User", program: Program) -> None:
    """Nobody sees the person in a photo until they agree anew."""
    rows = PhotoPerson.objects.filter(person=user, photo__event__milestone__program=program, answer=Agreement.AGREED)
    with services.hiding(rows.values_list("photo", flat=True)):
        rows.update(answer=Agreement.WAITING)


def role_ended(user: "User", program: Program) -> None:
    """The same once no role is left with which somebody takes part in events."""
    if not people_with(Ability.JOIN_EVENTS, program).filter(user=user).exists():
        close(user, program)


@transaction.atomic
def forget_person(user: "User", program: Program) -> None:
    PhotoReport.objects.filter(by=user, photo__event__milestone__program=program).delete()
    rows = EventPhoto.objects.filter(Q(by=user) | Q(people__person=user), event__milestone__program=program)
    services.erase(set(rows.values_list("pk", flat=True)))


@transaction.atomic
def forget_everywhere(user: "User") -> None:
    PhotoReport.objects.filter(by=user).delete()
    rows = EventPhoto.objects.filter(Q(by=user) | Q(people__person=user))
    services.erase(set(rows.values_list("pk", flat=True)))
