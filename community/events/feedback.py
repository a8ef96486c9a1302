"""How it was: three statements and two short texts, one of each person, changed at will until the results close. Nobody
reads anything before; then ranges and means are kept with the event and what each person said is deleted. So nothing
can be worked out by looking twice, and nothing is left that belongs to somebody.

Who can tell what four of five people said, because the accounts are theirs, can read the fifth, or which half of the
scale it is in. Nobody knows which accounts those are, so only who took part a while before the event makes a group, and
nobody who reads the results. A mean needs k such people besides k - 1 that one hand may have answered for, and so does
each text; they stand in no order."""

import random
from collections.abc import Set
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from community.events import moments
from community.events.answering import locked
from community.events.invited import invited
from community.events.models import Answer, Choice, Event
from community.events.models_after import HIGHEST, LOWEST, Attendance, Feedback
from core.disclosure import gate
from core.disclosure.shares import STEP
from programs.membership.access import Ability
from programs.membership.models import HISTORY
from programs.membership.queries import people_with

if TYPE_CHECKING:
    from core.people.models import User

SCALES = ("worth", "pace", "next_step")
TEXTS = ("helped", "differently")
HALF = Decimal("0.5")


class FeedbackClosedError(Exception):
    """It is not over yet, or its results are closed."""


def is_open(event: Event) -> bool:
    now = timezone.now()
    return event.is_open and event.outcome is None and moments.ends(event.milestone) <= now < closes_at(event)


def closes_at(event: Event) -> Any:
    return moments.ends(event.milestone) + moments.REMEMBERING


def asked(event: Event) -> "QuerySet[User]":
    """Who was there or said yes, and is invited still."""
    said_yes = Answer.objects.filter(event=event, choice=Choice.YES).values("person")
    were_there = Attendance.objects.filter(event=event).values("person")
    return invited(event).filter(Q(pk__in=said_yes) | Q(pk__in=were_there))


def own(event: Event, person: "User") -> Feedback | None:
    return Feedback.objects.filter(event=event, person=person, is_taken_back=False).first()


def not_said(person: "User", events: list[str]) -> set[int]:
    """Of these events, the ones this person has said nothing of yet."""
    asked_of = {int(each) for each in events}
    said = Feedback.objects.filter(person=person, event__in=asked_of).values_list("event", flat=True)
    return asked_of - set(said)


@transaction.atomic
def give(event: Event, *, person: "User", **said: Any) -> None:
    """Once more replaces what was said before."""
    event = locked(event)
    if not is_open(event):
        raise FeedbackClosedError
    Feedback.objects.update_or_create(event=event, person=person, defaults=said | {"is_taken_back": False})


@transaction.atomic
def take_back(event: Event, *, person: "User", is_taken_back: bool = True) -> None:
    """It counts no longer, and is deleted with the others when the results close; until then it can be undone. After
    that nothing is left to take back: what was summed up stands."""
    if locked(event).outcome is not None:
        raise FeedbackClosedError
    Feedback.objects.filter(event=event, person=person).update(is_taken_back=is_taken_back)


@transaction.atomic
def close(event: Event) -> bool:
    """The sums of what was said, once; what each person said goes. Whether it was closed now."""
    event = locked(event)
    if event.outcome is not None:
        return False
    rows = list(Feedback.objects.filter(event=event, is_taken_back=False))
    program = event.milestone.program
    event.outcome = outcome_of(rows, k=program.group_minimum, filling=filling(event))
    event.save(update_fields=["outcome"])
    Feedback.objects.filter(event=event).delete()
    return True


def filling(event: Event) -> set[int]:
    """Who makes a group large enough: people who took part a while before the event, or before it was counted when that
    is earlier, and do not read the results."""
    program = event.milestone.program
    counted = min(moments.begins(event.milestone), timezone.now())
    rows = people_with(Ability.JOIN_EVENTS, program).filter(since__lte=counted - HISTORY)
    readers = people_with(Ability.EDIT_EVENTS, program).values("user")
    return set(rows.exclude(user__in=readers).values_list("user", flat=True))


def outcome_of(rows: list[Feedback], *, k: int, filling: Set[int]) -> dict[str, Any]:
    """How many, means and texts from 2k - 1 people on, mixed. Everybody's answers count; only who is among `filling`
    helps to be enough."""
    others = [row for row in rows if row.person_id in filling]
    means: dict[str, str] = {}
    people: list[int | None] = []
    texts: dict[str, list[str]] = {}
    if len(others) >= gate.enough(k):
        means = {name: str(mean([getattr(row, name) for row in rows])) for name in SCALES}
        people = _answered(len(rows), k)
    for name in TEXTS:
        said = [text for row in rows if (text := getattr(row, name).strip())]
        random.SystemRandom().shuffle(said)
        is_enough = sum(bool(getattr(row, name).strip()) for row in others) >= gate.enough(k)
        texts[name] = said if is_enough else []
    return {"people": people, "means": means, "texts": texts}


def _answered(count: int, k: int) -> list[int | None]:
    """How many answered, where there are means; of how many is not said, for who was there is nobody's business. The
    first two steps are one: that there are means says already that the lowest is passed."""
    said = gate.guarded(count, k=k)
    first = gate.guarded(gate.enough(k) + STEP, k=k)
    return [gate.enough(k), first.high] if said.low <= first.low else [said.low, said.high]


def mean(values: list[int]) -> Decimal:
    """In half steps, and never at an end of the scale: there it would say what each one answered."""
    exact = Decimal(sum(values)) / len(values)
    half = (exact / HALF).quantize(Decimal(1), rounding=ROUND_HALF_UP) * HALF
    return min(max(half, LOWEST + HALF), HIGHEST - HALF)
