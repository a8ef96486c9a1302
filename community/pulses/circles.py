"""Whom a pulse asks: everybody who takes part at this moment, in the program or in a generation."""

from django.db.models import QuerySet

from community.pulses.models import PulseRound
from core.people.models import User
from programs.generations.models import Generation, Participant
from programs.membership.models import Program


def circle(program: Program, generation: Generation | None) -> QuerySet[Participant]:
    """Who is asked: who takes part at this moment."""
    rows = Participant.objects.active().filter(program=program)
    return rows.filter(generation=generation) if generation else rows


def people_of(pulse: PulseRound) -> QuerySet[User]:
    rows = circle(pulse.program, pulse.generation)
    return User.objects.filter(pk__in=rows.values("user"), is_active=True)
