"""On the start page of who is asked: a few questions, until they are settled or the pulse ends."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from community.pulses import queries
from community.pulses.models import PulseRound
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


@dataclass(frozen=True)
class PulseTile:
    pulse: PulseRound


def build(user: "User", program: Program, today: date) -> PulseTile | None:
    pulse = queries.asked_now(user, program)
    return PulseTile(pulse) if pulse else None
