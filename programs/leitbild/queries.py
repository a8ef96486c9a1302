"""What is selected of workshops and versions."""

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from programs.leitbild.models import LeitbildBallot, LeitbildVersion, LeitbildWorkshop
from programs.membership.models import Program
from programs.phases.models import Milestone

if TYPE_CHECKING:
    from core.people.models import User


def latest(program: Program) -> LeitbildVersion | None:
    return versions(program).first()


def versions(program: Program) -> QuerySet[LeitbildVersion]:
    return LeitbildVersion.objects.filter(program=program).order_by("-number")


def current(program: Program) -> LeitbildWorkshop | None:
    """The one under way, or else the last one."""
    row = LeitbildWorkshop.objects.present().filter(program=program).select_related("milestone").first()
    if row:
        row.program = program
    return row


def own_votes(workshop: LeitbildWorkshop, user: "User") -> list[str]:
    own = LeitbildBallot.objects.filter(workshop=workshop, person=user).first()
    return own.items if own else []


def dates_ahead(program: Program, on: date, *, also: int | None = None) -> QuerySet[Milestone]:
    """What a workshop can belong to, e.g. an event, and what it belongs to already."""
    return Milestone.objects.filter(Q(deleted_at=None, on__gte=on) | Q(pk=also), program=program)
