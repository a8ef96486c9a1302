"""Notes on the time line are read by everybody who sees the figures of groups, and written by program managers."""

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404

from analytics.annotations.models import TimelineNote
from programs.membership import access as membership
from programs.membership.access import Ability
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


def get_time_line(user: "User", slug: str, ability: Ability = Ability.SEE_AGGREGATES) -> Program:
    return membership.get_program(user, slug, ability)


def get_timeline_note(user: "User", slug: str, pk: int, *, is_deleted: bool = False) -> TimelineNote:
    """To change it; for undo also one that was removed."""
    program = get_time_line(user, slug, Ability.MANAGE_PROGRAM)
    rows = TimelineNote.objects.all() if is_deleted else TimelineNote.objects.present()
    note = get_object_or_404(rows, program=program, pk=pk)
    note.program = program
    return note
