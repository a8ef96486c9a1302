"""Who stands in the directory, and for whom. Everybody who reads it sees the same of everybody else."""

from typing import TYPE_CHECKING

from django.db.models import QuerySet, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404

from core.kit.rooms import Spot
from programs.consents.models import Action, ConsentEvent, Purpose
from programs.directory.models import Part, Profile
from programs.directory.present import listed
from programs.membership.access import Ability, can, get_program
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


def get_directory(user: "User", slug: str) -> Program:
    return get_program(user, slug, Ability.SEE_DIRECTORY)


def get_profile(user: "User", slug: str, pk: int) -> Profile:
    """The page of the person with this number: for who reads the directory, if the person stands there. One's own is
    there for oneself also while one pauses."""
    program = get_directory(user, slug)
    rows = listed(program) if pk != user.pk else _own_rows(user, program)
    profile = get_object_or_404(rows.select_related("user"), user=pk)
    profile.program = program
    return profile


def _own_rows(user: "User", program: Program) -> QuerySet[Profile]:
    """The person's own entries, while the consent holds."""
    decided = ConsentEvent.objects.filter(program=program, user=user, purpose=Purpose.DIRECTORY).order_by("-number")
    rows = Profile.objects.filter(program=program, user=user)
    return rows.alias(consent=Subquery(decided.values("action")[:1])).filter(consent=Action.GRANTED)


def stands_there(user: "User", program: Program) -> bool:
    return listed(program).filter(user=user).exists()


def can_appear(user: "User", program: Program) -> bool:
    return can(user, Ability.APPEAR_IN_DIRECTORY, program)


def get_spot(user: "User", pk: int) -> Spot:
    """What photos hang on. They come with the form alone, never by the address where texts get their pictures."""
    profile = get_object_or_404(Profile.objects.select_related("program"), pk=pk)
    seen = get_profile(user, profile.program.slug, profile.user_id)
    if seen.pk != pk:
        raise Http404
    is_open = Part.PHOTO in seen.shown or seen.user_id == user.pk
    return Spot(
        seen.program_id,
        title="",
        url="",
        may_write=False,
        opens=lambda attachment: is_open and attachment.pk == seen.photo_id,
    )
