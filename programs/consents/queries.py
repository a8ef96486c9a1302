"""What is selected of consents: the page of one person, who stands behind each, and what hangs on them."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery

from core.kit.compiled import Blank, Compiled
from core.kit.kept import Kept, Tally
from core.people.models import User
from programs.consents import hooks, notices
from programs.consents.access import offered, programs_remembering
from programs.consents.models import RETURN, Action, ConsentEvent, Erasure, Purpose
from programs.consents.notices import PurposeText
from programs.membership.access import Ability, can
from programs.membership.models import Membership, Program

SOMEBODY, SOMEWHERE = -1, -2  # numbers that stand in a question for those it will be about


@dataclass(frozen=True)
class Held:
    """So many of something, e.g. 63 entries of the own log."""

    number: int
    words: str
    ends_at_once: bool = False


@dataclass(frozen=True)
class Rest:
    """What rests since a consent was withdrawn."""

    text: PurposeText
    erasure: Erasure
    held: list[Held]


def held(user: User, program: Program, purpose: str) -> list[Held]:
    """What would rest, and then go, when a person took a consent back."""
    kinds, tally = _kept(purpose)
    counts = tally.count({SOMEBODY: user.pk, SOMEWHERE: program.pk})
    found = [(counts[number], kind) for number, kind in enumerate(kinds) if counts[number]]
    return [Held(count, kind.words(count), kind.ends_at_once) for count, kind in found]


@cache
def _kept(purpose: str) -> tuple[list[Kept], Tally]:
    somebody, somewhere = User(pk=SOMEBODY), Program(pk=SOMEWHERE)
    kinds = [kind for each in hooks.belongings(purpose) for kind in each.kept(somebody, somewhere)]
    return kinds, Tally(kind.rows for kind in kinds)


def rests(user: User, program: Program) -> list[Rest]:
    """What rests now, with what went first in front."""
    rows = _RESTING.rows(person=user.pk, program=program.pk)
    return [Rest(notices.purpose(row.purpose), row, held(user, program, row.purpose)) for row in rows]


_RESTING = Compiled(
    lambda: (
        Erasure.objects.filter(user=Blank("person"), program=Blank("program"))
        .select_related("program")
        .order_by("due_on", "pk")
    )
)


def chosen_by(program: Any, person: Any) -> QuerySet[ConsentEvent]:
    """Consents somebody gave besides taking part, whether or not they still stand."""
    given = ConsentEvent.objects.filter(program=program, user=person, action=Action.GRANTED)
    return given.exclude(purpose=Purpose.PARTICIPATION)


def people_granting(program: Program | int, purpose: str) -> set[int]:
    """Ids of everybody whose consent for a purpose stands now."""
    rows = _NEWEST.rows(program=program if isinstance(program, int) else program.pk, purpose=purpose)
    return {user for user, action in rows if action == Action.GRANTED}


def last_said(program: Program | Blank, purpose: str, person: str) -> Subquery:
    """What the person in a column of a row said last to a purpose: for rows that are shown while a consent stands."""
    lines = ConsentEvent.objects.filter(program=program, purpose=purpose, user_id=OuterRef(person))
    return Subquery(lines.order_by("-number").values("action")[:1])


_NEWEST = Compiled(
    lambda: (
        ConsentEvent.objects.filter(program=Blank("program"), purpose=Blank("purpose"))
        .newest()
        .values_list("user_id", "action")
    )
)


def history(user: User, program: Program) -> QuerySet[ConsentEvent]:
    """A person's own lines of the ledger, newest first."""
    return ConsentEvent.objects.filter(program=program, user=user).order_by("-id")


def counts(program: Program, among: QuerySet[Membership]) -> Counter[str]:
    """How many of these people stand behind each purpose now."""
    newest = ConsentEvent.objects.filter(program=program, user__in=among.values("user")).newest()
    granted = ConsentEvent.objects.filter(pk__in=newest.values("pk"), action=Action.GRANTED)
    return Counter(dict(granted.order_by().values_list("purpose").annotate(Count("pk"))))


def people_whose_rests(program: Program | int, purpose: str) -> set[int]:
    """Ids of those whose things rest since they withdrew a consent: they count nowhere."""
    return set(Erasure.objects.filter(program=program, purpose=purpose).values_list("user_id", flat=True))


@dataclass(frozen=True)
class Choice:
    """One consent as it stands: its text, whether it is granted, and since when. After a return the day of agreeing is
    the one before the leaving; `again_since`: when it came to stand again."""

    text: PurposeText
    is_granted: bool
    since: datetime | None
    again_since: datetime | None = None


def overview(user: User, program: Program) -> dict[str, Any]:
    """Every consent with its state, what rests, and the person's own lines of the ledger, newest first."""
    lines = list(history(user, program))
    newest: dict[str, ConsentEvent] = {}
    agreed: dict[str, ConsentEvent] = {}
    for line in reversed(lines):
        newest[line.purpose] = line
        if line.action == Action.GRANTED and line.channel != RETURN:
            agreed[line.purpose] = line
    return {
        "choices": [_choice(text, newest.get(text.key), agreed.get(text.key)) for text in offered(user, program)],
        "rests": rests(user, program),
        "takes_part": can(user, Ability.TAKE_PART, program),
        "lines": [(line, notices.purpose(line.purpose).title) for line in lines],
    }


def _choice(text: PurposeText, line: ConsentEvent | None, agreed: ConsentEvent | None) -> Choice:
    if line is None:
        return Choice(text, False, None)
    if line.channel == RETURN and agreed:
        return Choice(text, True, agreed.at, again_since=line.at)
    return Choice(text, line.action == Action.GRANTED, line.at)


def remembering_beside(user: User, program: Program) -> list[Program]:
    """The other programs that keep something telling of the person, for a page of one."""
    return [each for each in _REMEMBERING.rows(person=user.pk) if each != program]


_REMEMBERING = Compiled(lambda: programs_remembering(Blank("person")))
