"""Phases and dates of a program. Who may change them is a matter of the program: MANAGE_PROGRAM."""

from datetime import date

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from programs.membership.models import Program
from programs.phases.models import Milestone, Phase, PhaseChange


def phases_of(program: Program) -> QuerySet[Phase]:
    return Phase.objects.filter(program=program)


def get_phase(program: Program, pk: int) -> Phase:
    return get_object_or_404(phases_of(program), pk=pk)


def changes_of(phase: Phase) -> QuerySet[PhaseChange]:
    """What happened to a phase, the latest first."""
    return phase.changes.select_related("by")


def milestones_of(program: Program) -> QuerySet[Milestone]:
    return Milestone.objects.present().filter(program=program)


def get_milestone(program: Program, pk: int) -> Milestone:
    return get_object_or_404(milestones_of(program), pk=pk)


def get_deleted_milestone(program: Program, pk: int) -> Milestone:
    """For undo: also one that was deleted."""
    return get_object_or_404(Milestone.objects.filter(program=program), pk=pk)


def next_dates(program: Program, on: date, limit: int = 4) -> QuerySet[Milestone]:
    """The next reviews, milestones and events, today's included."""
    return Milestone.objects.upcoming(on=on).filter(program=program)[:limit]
