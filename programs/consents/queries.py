"""What hangs on a person's consents, in numbers."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from programs.consents import hooks, notices
from programs.consents.models import Action, ConsentEvent, Erasure, Purpose
from programs.consents.notices import PurposeText
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


@dataclass(frozen=True)
class Held:
    """So many of something, e.g. 63 entries of the own log."""

    number: int
    words: str


@dataclass(frozen=True)
class Rest:
    """What rests since a consent was withdrawn."""

    text: PurposeText
    erasure: Erasure
    held: list[Held]


def held(user: "User", program: Program, purpose: str) -> list[Held]:
    """What would rest, and then go, when a person took a consent back."""
    counted = (line for each in hooks.belongings(purpose) for line in each.count(user, program))
    return [Held(number, words) for number, words in counted if number]


def rests(user: "User", program: Program) -> list[Rest]:
    """What rests now, with what went first in front."""
    rows = Erasure.objects.filter(user=user, program=program).select_related("program").order_by("due_on", "pk")
    return [Rest(notices.purpose(row.purpose), row, held(user, program, row.purpose)) for row in rows]


def chosen_by(program: Any, person: Any) -> QuerySet[ConsentEvent]:
    """Consents somebody gave besides taking part, whether or not they still stand."""
    given = ConsentEvent.objects.filter(program=program, user=person, action=Action.GRANTED)
    return given.exclude(purpose=Purpose.PARTICIPATION)
