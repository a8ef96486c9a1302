"""Everybody in the program reads what was published. In the workshop are those who take part and who helps with it, as
in the forum: nobody collects freely while the management reads along. Of those, who writes the handbook leads it."""

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404

from programs.leitbild import sentences
from programs.leitbild.models import LeitbildVersion, LeitbildWorkshop
from programs.membership.access import Ability, can, get_program, require
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

JOINS, HOSTS = Ability.WRITE_IN_FORUM, Ability.WRITE_HANDBOOK


def can_join(user: "User", program: Program) -> bool:
    return can(user, JOINS, program)


def can_host(user: "User", program: Program) -> bool:
    return can_join(user, program) and can(user, HOSTS, program)


def get_program_to_host(user: "User", slug: str) -> Program:
    program = get_program(user, slug, JOINS)
    require(user, HOSTS, program)
    return program


def get_workshop(user: "User", slug: str, pk: int) -> LeitbildWorkshop:
    return _workshop(get_program(user, slug, JOINS), pk)


def get_workshop_to_host(user: "User", slug: str, pk: int, *, also_discarded: bool = False) -> LeitbildWorkshop:
    return _workshop(get_program_to_host(user, slug), pk, also_discarded=also_discarded)


def get_workshop_with(user: "User", slug: str, pk: int, key: str) -> LeitbildWorkshop:
    """One that has this sentence."""
    workshop = get_workshop_to_host(user, slug, pk)
    if not any(row["key"] == key for row in workshop.sentences):
        raise Http404
    return workshop


def get_workshop_headed(user: "User", slug: str, pk: int, key: str, *, also_removed: bool = False) -> LeitbildWorkshop:
    """One that has this heading."""
    workshop = get_workshop_to_host(user, slug, pk)
    if not sentences.has_group(workshop, key, also_removed=also_removed):
        raise Http404
    return workshop


def get_version(user: "User", slug: str, number: int) -> LeitbildVersion:
    program = get_program(user, slug)
    version = get_object_or_404(LeitbildVersion, program=program, number=number)
    version.program = program
    return version


def _workshop(program: Program, pk: int, *, also_discarded: bool = False) -> LeitbildWorkshop:
    rows = LeitbildWorkshop.objects.all() if also_discarded else LeitbildWorkshop.objects.present()
    workshop = get_object_or_404(rows, program=program, pk=pk)
    workshop.program = program
    return workshop
