"""Everybody in the program may ask for help; who leads it says who helps when."""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from programs.membership.access import Ability, can, get_program
from programs.membership.models import Program
from programs.support.company import who_can_be_asked
from programs.support.models import Helper
from programs.support.models_incidents import Incident

if TYPE_CHECKING:
    from core.people.models import User


def can_arrange(user: "User", program: Program) -> bool:
    return can(user, Ability.MANAGE_PROGRAM, program)


def get_incident(user: "User", slug: str, pk: int) -> Incident:
    """For who is in it. Everybody else learns nothing, not even that there is one."""
    program = get_program(user, slug)
    mine = Incident.objects.select_related("reporter").filter(program=program, people__person=user)
    incident = get_object_or_404(mine, pk=pk)
    incident.program = program
    return incident


def _own_incident(user: "User", slug: str, pk: int) -> Incident:
    incident = get_incident(user, slug, pk)
    if incident.reporter_id != user.pk:
        raise PermissionDenied
    return incident


def get_who_can_be_brought_in(user: "User", slug: str, pk: int, person: int) -> "tuple[Incident, User]":
    """Only the one who asked for help says who else shall know."""
    incident = _own_incident(user, slug, pk)
    row = who_can_be_asked(incident.program).filter(user=person).first()
    if row is None:
        raise Http404
    return incident, row.user


def get_who_is_in_it(user: "User", slug: str, pk: int, person: int) -> "tuple[Incident, User]":
    """For the one who asked for help, and for everybody who goes by themselves."""
    incident = get_incident(user, slug, pk) if person == user.pk else _own_incident(user, slug, pk)
    row = get_object_or_404(incident.people.select_related("person"), person=person)
    return incident, row.person


def get_helper(user: "User", slug: str, pk: int, *, deleted: bool = True) -> Helper:
    """For who leads the program; also a deleted one (undo), except to edit it."""
    program = get_program(user, slug, Ability.MANAGE_PROGRAM)
    helper = get_object_or_404(Helper.objects.all() if deleted else Helper.objects.present(), program=program, pk=pk)
    helper.program = program
    return helper
