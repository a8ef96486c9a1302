"""Saying that one was there. It is the person's own word and record: the journal says nothing of it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core import signing
from django.db import transaction
from django.utils import timezone

from community.events import moments
from community.events.invited import invited
from community.events.models import Event, Noting
from community.events.models_after import Attendance
from core.disclosure import gate
from core.disclosure.gate import People
from core.kit.switching import switch_on
from core.people.faces import Face
from programs.membership.models import Program
from programs.membership.standing import beginning_of, standing

if TYPE_CHECKING:
    from datetime import datetime

    from core.people.models import User

KEPT = "events.taken_back"


class NotNowError(Exception):
    """It has not begun, it is long over, or it did not take place."""


class NeedsCodeError(Exception):
    """This event notes only who has the code of the room, or nobody at all."""


def can_be_told(event: Event, at: "datetime | None" = None) -> bool:
    return event.is_open and moments.attendance_is_open(event.milestone, at or timezone.now())


@transaction.atomic
def attend(event: Event, *, person: "User", with_code: bool = False, at: "datetime | None" = None) -> None:
    """Twice is once; a code that comes after a tap is noted with it. `at` is when it was said on a phone without a
    connection; it decides whether that was in time, and is not kept."""
    if not can_be_told(event, at):
        raise NotNowError
    if event.noting == Noting.NUMBER or (event.noting == Noting.CODE and not with_code):
        raise NeedsCodeError
    switch_on(Attendance, event=event, person=person)
    if with_code:
        Attendance.objects.filter(event=event, person=person).update(with_code=True)


@transaction.atomic
def take_back(event: Event, *, person: "User") -> str:
    """What brings it back as it was, for who undoes that; nothing where nothing stood."""
    found = Attendance.objects.filter(event=event, person=person).first()
    if found is None:
        return ""
    found.delete()
    return signing.dumps([event.pk, person.pk, found.with_code, found.is_named], salt=KEPT)


@transaction.atomic
def bring_back(event: Event, kept: str, *, person: "User") -> bool:
    """Whether it stands again."""
    try:
        event_id, whose, with_code, is_named = signing.loads(kept, salt=KEPT, max_age=moments.TIME_TO_UNDO)
    except signing.BadSignature:
        return False
    if (event_id, whose) != (event.pk, person.pk):
        return False
    switch_on(Attendance, event=event, person=person, with_code=with_code, is_named=is_named)
    return True


@transaction.atomic
def name(event: Event, *, person: "User", is_named: bool) -> None:
    """Who plans it reads, or reads no more, that this person was there."""
    Attendance.objects.filter(event=event, person=person).update(is_named=is_named)


@dataclass(frozen=True)
class WereThere:
    """Who was there, for who plans it: names of those who agree, and how many there were in all."""

    named: list[Face]
    all: People | None  # nothing before the day after


def were_there(event: Event, program: Program) -> WereThere:
    """Who left or takes no part any more is not named."""
    rows = Attendance.objects.filter(event=event, person__in=invited(event).values("pk"), is_named=True)
    named = rows.order_by("person__name", "pk").values_list("person", "person__name")
    return WereThere([Face.of(*each) for each in named], counted(event, program))


def counted(event: Event, program: Program) -> People | None:
    """How many were there, counted once, when the day after the event begins: a number that moved could be watched
    while one person after the other says so. Who says it later has it in their own record."""
    day = moments.day_after(event.milestone)
    if timezone.now() < beginning_of(program, day):
        return None
    found = standing(program, f"event:{event.pk}:there", day, lambda: {"all": _all(event, program)}, once=True)
    return found["all"]


def _all(event: Event, program: Program) -> People:
    """Names of those who agreed, and of all others how many as the gate lets it out."""
    people = invited(event)
    rows = Attendance.objects.filter(event=event, person__in=people.values("pk"))
    named, others = rows.filter(is_named=True).count(), rows.filter(is_named=False).count()
    among = max(invited(event, in_any_language=True).count() - named, others)
    said = gate.guarded(others, among=among, k=program.group_minimum)
    return People(said.low + named, None if said.high is None else said.high + named)
