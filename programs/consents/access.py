"""Who agreed to what, now: the newest line of the ledger per person and purpose."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, Model, Q, QuerySet
from django.http import Http404

from programs.consents import notices, queries
from programs.consents.models import Action, ConsentEvent, Erasure, Purpose
from programs.consents.notices import PurposeText
from programs.membership.access import Ability, can
from programs.membership.models import Membership, Program

if TYPE_CHECKING:
    from core.people.models import User

KEPT: tuple[type[Model], ...] = (ConsentEvent, Erasure, Membership)  # what remembers a person in a program
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


def resting(user: "User", program: Program, purpose: str) -> Erasure | None:
    """What rests since a consent was withdrawn, until it is erased."""
    return Erasure.objects.select_related("program", "user").filter(program=program, user=user, purpose=purpose).first()


def is_at_work(user: "User", program: Program, purpose: str) -> Q:
    """For a query about the person's own things: they rest as long as a withdrawn consent can be taken back."""
    return ~Q(Exists(Erasure.objects.filter(program=program, user=user, purpose=purpose)))


def people_whose_rests(program: Program | int, purpose: str) -> set[int]:
    """Ids of those whose things rest since they withdrew a consent: they count nowhere."""
    return set(Erasure.objects.filter(program=program, purpose=purpose).values_list("user_id", flat=True))


# --- the person's own page ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Choice:
    """One consent as it stands: its text, whether it is granted, and since when."""

    text: PurposeText
    is_granted: bool
    since: datetime | None


def offered(user: "User", program: Program) -> list[PurposeText]:
    """The consents a person can decide on: participants all of them, other members what needs no participation, and
    nobody who has left."""
    texts = notices.purposes()
    if can(user, Ability.TAKE_PART, program):
        return texts
    if not can(user, Ability.SEE_PROGRAM, program):
        return []
    return [text for text in texts if text.key in FOR_EVERYBODY]


def get_own_program(user: "User", slug: str) -> Program:
    """A program for the pages of the own rights: a member's, and also of somebody who has left, for as long as anything
    is kept there that tells of the person. To everybody else it does not exist."""
    program = Program.objects.filter(slug=slug).first()
    if program is None or not (can(user, Ability.SEE_PROGRAM, program) or _is_remembered(user, program)):
        raise Http404
    return program


def _is_remembered(user: "User", program: Program) -> bool:
    return programs_remembering(user).filter(pk=program.pk).exists()


def programs_remembering(user: "User") -> QuerySet[Program]:
    """Every program that keeps something telling of the person, by name."""
    kept = [model._default_manager.filter(user=user).values("program") for model in KEPT]
    return Program.objects.filter(Q(pk__in=kept[0]) | Q(pk__in=kept[1]) | Q(pk__in=kept[2])).order_by("name", "pk")


def get_rest(user: "User", slug: str, purpose: str) -> Erasure:
    """What rests of a person since a consent was withdrawn; 404 when nothing does."""
    found = resting(user, get_own_program(user, slug), purpose)
    if found is None:
        raise Http404
    return found


def get_granted(user: "User", program: Program, purpose: str) -> PurposeText:
    """A consent that stands and can be taken back."""
    text = get_offered(user, program, purpose)
    if purpose not in granted(user, program):
        raise Http404
    return text


def get_offered(user: "User", program: Program, purpose: str) -> PurposeText:
    text = next((text for text in offered(user, program) if text.key == purpose), None)
    if text is None:
        raise Http404
    return text


def overview(user: "User", program: Program) -> dict[str, Any]:
    """Every consent with its state, what rests, and the person's own lines of the ledger, newest first."""
    lines = list(history(user, program))
    newest: dict[str, ConsentEvent] = {}
    for line in reversed(lines):
        newest[line.purpose] = line
    return {
        "choices": [_choice(text, newest.get(text.key)) for text in offered(user, program)],
        "rests": queries.rests(user, program),
        "takes_part": can(user, Ability.TAKE_PART, program),
        "lines": [(line, notices.purpose(line.purpose).title) for line in lines],
    }


def _choice(text: PurposeText, line: ConsentEvent | None) -> Choice:
    is_granted = line is not None and line.action == Action.GRANTED
    return Choice(text, is_granted, line.at if line else None)
