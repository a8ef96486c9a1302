"""Phases and dates of a program, for who may change them: that is a matter of the program."""

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404

from programs.membership.access import Ability, get_program
from programs.phases.models import Milestone, Phase
from programs.phases.models_baseline import Baseline

if TYPE_CHECKING:
    from core.people.models import User


def get_phase(user: "User", slug: str, pk: int, ability: Ability = Ability.MANAGE_PROGRAM) -> Phase:
    program = get_program(user, slug, ability)
    phase = get_object_or_404(Phase, program=program, pk=pk)
    phase.program = program
    return phase


def get_baseline(user: "User", slug: str, pk: int) -> Baseline:
    """Also one that was deleted, for undo, which is harmless twice."""
    program = get_program(user, slug, Ability.MANAGE_PROGRAM)
    row = get_object_or_404(Baseline, program=program, pk=pk)
    row.program = program
    return row


def get_milestone(user: "User", slug: str, pk: int) -> Milestone:
    return _milestone(user, slug, pk, is_deleted=False)


def get_deleted_milestone(user: "User", slug: str, pk: int) -> Milestone:
    """For undo, which is harmless twice: also one that is back already."""
    return _milestone(user, slug, pk, is_deleted=True)


def _milestone(user: "User", slug: str, pk: int, *, is_deleted: bool) -> Milestone:
    program = get_program(user, slug, Ability.MANAGE_PROGRAM)
    rows = Milestone.objects.all() if is_deleted else Milestone.objects.present()
    milestone = get_object_or_404(rows, program=program, pk=pk)
    milestone.program = program
    return milestone
