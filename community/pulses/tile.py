"""On the start page of who is asked: a few questions, until they are settled or the pulse ends."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from community.pulses import queries
from community.pulses.models import PulseRound
from core.kit import page_cache
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


@dataclass(frozen=True)
class PulseTile:
    pulse: PulseRound


def build(user: "User", program: Program, today: date) -> PulseTile | None:
    """Kept until pulses of the program change, or the person settles one."""
    subjects = (queries.pulses_in(program.pk), queries.marks_of(user.pk))
    return page_cache.taken(subjects, f"asked-{today}", lambda: _asked(user, program))


def _asked(user: "User", program: Program) -> PulseTile | None:
    pulse = queries.asked_now(user, program)
    return PulseTile(PulseRound(pk=pulse.pk, questions=pulse.questions, closes_on=pulse.closes_on)) if pulse else None
