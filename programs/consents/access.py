"""Who agreed to what, now: the newest line of the ledger per person and purpose."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.http import Http404

from programs.consents import notices
from programs.consents.models import Action, ConsentEvent, Purpose
from programs.consents.notices import PurposeText
from programs.membership.access import Ability, can
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

FOR_EVERYBODY = (Purpose.NEWSLETTER,)  # needs no participation


def _newest(program: Program | int) -> QuerySet[ConsentEvent]:
    return (
        ConsentEvent.objects.filter(program=program)
        .order_by("user_id", "purpose", "-number")
        .distinct("user_id", "purpose")
    )


def granted(user: "User", program: Program) -> frozenset[str]:
    """The purposes a person has agreed to and not withdrawn."""
    rows = _newest(program).filter(user=user).values_list("purpose", "action")
    return frozenset(purpose for purpose, action in rows if action == Action.GRANTED)


def has_granted(user: "User", program: Program, purpose: str) -> bool:
    return purpose in granted(user, program)


def people_granting(program: Program | int, purpose: str) -> set[int]:
    """Ids of everybody whose consent for a purpose stands now."""
    rows = _newest(program).filter(purpose=purpose).values_list("user_id", "action")
    return {user for user, action in rows if action == Action.GRANTED}


def history(user: "User", program: Program) -> QuerySet[ConsentEvent]:
    """A person's own lines of the ledger, newest first."""
    return ConsentEvent.objects.filter(program=program, user=user).order_by("-id")


def counts(program: Program) -> Counter[str]:
    """How many people stand behind each purpose now."""
    rows = _newest(program).values_list("purpose", "action")
    return Counter(purpose for purpose, action in rows if action == Action.GRANTED)


# --- the person's own page ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Choice:
    """One consent as it stands: its text, whether it is granted, and since when."""

    text: PurposeText
    is_granted: bool
    since: datetime | None


def offered(user: "User", program: Program) -> list[PurposeText]:
    """The consents a person can decide on: participants all of them, everybody else what needs no participation."""
    texts = notices.purposes()
    if can(user, Ability.TAKE_PART, program):
        return texts
    return [text for text in texts if text.key in FOR_EVERYBODY]


def get_offered(user: "User", program: Program, purpose: str) -> PurposeText:
    text = next((text for text in offered(user, program) if text.key == purpose), None)
    if text is None:
        raise Http404
    return text


def overview(user: "User", program: Program) -> dict[str, Any]:
    """Every consent with its state, and the person's own lines of the ledger, newest first."""
    lines = list(history(user, program))
    newest: dict[str, ConsentEvent] = {}
    for line in reversed(lines):
        newest[line.purpose] = line
    return {
        "choices": [_choice(text, newest.get(text.key)) for text in offered(user, program)],
        "lines": [(line, notices.purpose(line.purpose).title) for line in lines],
    }


def _choice(text: PurposeText, line: ConsentEvent | None) -> Choice:
    is_granted = line is not None and line.action == Action.GRANTED
    return Choice(text, is_granted, line.at if line else None)
