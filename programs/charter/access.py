"""Goals, backing and privileges are for everybody in the program; the rest is the team's, or its lead's alone."""

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404

from programs.charter.line_kinds import KINDS, ListKind
from programs.charter.models import CharterRow
from programs.membership.access import Ability, can, get_program
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


def can_write_charter(user: "User", program: Program) -> bool:
    return can(user, Ability.MANAGE_PROGRAM, program)


def get_kind(user: "User", slug: str, name: str) -> tuple[Program, ListKind]:
    """A list of the charter, for who leads the program."""
    program = get_program(user, slug, Ability.MANAGE_PROGRAM)
    if name not in KINDS:
        raise Http404
    return program, KINDS[name]


def get_row(user: "User", slug: str, name: str, pk: int, *, deleted: bool = True) -> tuple[ListKind, CharterRow]:
    """One line of it; also a deleted one (undo), except to edit it."""
    program, kind = get_kind(user, slug, name)
    rows = kind.model._default_manager.all()
    row: CharterRow = get_object_or_404(rows if deleted else rows.filter(deleted_at=None), program=program, pk=pk)
    row.program = program
    return kind, row
