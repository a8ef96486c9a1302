"""Which host looks after the forum in which week, and how two of them swap."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from community.forum import news_rota
from community.forum.models_rota import Duty
from community.forum.queries import people_of
from community.forum.ritual_days import WEEK
from community.forum.verbs import ForumVerb
from core.journal import services as journal
from core.journal.changes import key_of
from core.kit.deleting import KEPT
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

AHEAD = 8
ON_THE_DAY = 4


class TakenMeanwhile(Exception):
    """Another host changed this week."""


@dataclass(frozen=True)
class Week:
    monday: date
    person: "User | None"
    is_now: bool
    is_mine: bool

    @property
    def name(self) -> str:
        person = self.person
        return "" if person is None else f"{person} ({person.apart})" if person.apart else str(person)


def this_week(program: Program) -> date:
    today = timezone.localdate(timezone=ZoneInfo(program.time_zone))
    return today - timedelta(days=today.weekday())


def weeks(program: Program, user: "User", hosts: "list[User]", count: int = AHEAD) -> list[Week]:
    """From this one on. A week of somebody who no longer hosts is open again."""
    first = this_week(program)
    here = {host.pk: host for host in hosts}
    rows = Duty.objects.filter(program=program, week__gte=first, week__lt=first + count * WEEK)
    planned = dict(rows.values_list("week", "person"))
    found = []
    for number in range(count):
        person = here.get(planned.get(first + number * WEEK, 0))
        found.append(Week(first + number * WEEK, person, number == 0, person is not None and person.pk == user.pk))
    return found


@transaction.atomic
def plan(program: Program, *, week: date, person: "User | None", was: int | None, by: "User") -> None:
    """Somebody takes a week, or nobody. Raises TakenMeanwhile when it is not as it was shown (`was`: a person)."""
    _one_at_a_time(program)
    row = Duty.objects.filter(program=program, week=week).first()
    hosts = {host.pk for host in people_of(program, hosts=True)}
    shown = row.person_id if row and row.person_id in hosts else None
    wanted = person.pk if person else None
    if shown == wanted:
        return
    if shown != was:
        raise TakenMeanwhile
    news_rota.settled(program, week)
    if person is None:
        Duty.objects.filter(program=program, week=week).delete()
    else:
        Duty.objects.update_or_create(program=program, week=week, defaults={"person": person})
        news_rota.tell(program, week, [person], by=by)
    changed = {key_of(Duty, "person"): [row.person_id if row else None, wanted]}
    journal.record(ForumVerb.ROTA_PLANNED, by=by, program_id=program.pk, on=week.isoformat(), changes=changed)


@transaction.atomic
def swap(program: Program, *, one: date, other: date, by: "User") -> bool:
    """Two weeks change their hosts; an open one takes part as well. False when there is nothing to swap."""
    _one_at_a_time(program)
    people = dict(Duty.objects.filter(program=program, week__in=(one, other)).values_list("week", "person"))
    if people.get(one) == people.get(other):
        return False
    Duty.objects.filter(program=program, week__in=(one, other)).delete()
    now = {other: people.get(one), one: people.get(other)}
    rows = [Duty(program=program, week=week, person_id=person) for week, person in now.items() if person]
    Duty.objects.bulk_create(rows)
    here = {host.pk: host for host in people_of(program, hosts=True)}
    for week, person in now.items():
        news_rota.settled(program, week)
        if person in here:
            news_rota.tell(program, week, [here[person]], by=by)
    changed = {key_of(Duty, "person"): [people.get(one), people.get(other)]}
    weeks = [one.isoformat(), other.isoformat()]
    journal.record(ForumVerb.ROTA_SWAPPED, by=by, program_id=program.pk, on=weeks, changes=changed)
    return True


def retention() -> int:
    """Who hosted long ago is nobody's business."""
    return Duty.objects.filter(week__lt=timezone.localdate() - KEPT).delete()[0]


def _one_at_a_time(program: Program) -> None:
    Program.objects.select_for_update(no_key=True).get(pk=program.pk)
