"""Numbers of people that do not move while one watches.

A number of this moment could be watched: who looks twice sees the one person in between. So a number is made once for
a period, as counted at the first look of the period, and stands until the next one. What was shown stays shown.

A number of what people agreed to or refused could still be watched from period to period by somebody with several
accounts, who moves the sum to the edge of a step with them and waits for the one other person. So `steadily` counts
anew only when the number has moved by more people than that: k of them are others.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Model
from django.utils import timezone

from core.disclosure import gate
from core.disclosure.gate import People
from core.disclosure.publication import DEFAULT
from core.kit.compiled import Blank, Compiled
from programs.membership.models import Program
from programs.membership.models_standing import StandingCount

Counts = Mapping[str, People]
#: A row of `steadily`: the lowest and the highest number that are said, and the one they were made from. Of what nobody
#: asks for any more it stays with a mark: whoever takes a topic away and back again would have it counted anew.
COUNTED, RESTS = 3, "rests"


def last_monday(program: Program | None) -> date:
    today = timezone.localdate(timezone=ZoneInfo(program.time_zone if program else settings.TIME_ZONE))
    return today - timedelta(days=today.weekday())


def beginning_of(program: Program, day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(program.time_zone))


@dataclass(frozen=True)
class CountsOf:
    """Retention of counts whose name is `kind`, a colon and the key of such a row: they go when the row is gone, and
    never by their age. Forgotten earlier, a number would be counted anew, of nearly the same people."""

    kind: str
    model: type[Model]

    @property
    def name(self) -> str:
        return f"counts.{self.kind}"

    def __call__(self) -> int:
        kept = {str(pk) for pk in self.model._base_manager.values_list("pk", flat=True)}
        counts = StandingCount.objects.filter(name__startswith=f"{self.kind}:").values_list("pk", "name")
        gone = [pk for pk, name in counts if name.split(":")[1] not in kept]
        return StandingCount.objects.filter(pk__in=gone).delete()[0] if gone else 0


def standing(program: Program, name: str, as_of: date, make: Callable[[], Counts], *, once: bool = False) -> Counts:
    """The numbers of this name for the period that began on `as_of`; `make` is asked once per period. `once`: never
    again, whatever the day becomes: who may move the day of a count could watch the number from day to day."""
    mine = StandingCount.objects.filter(program=program, name=name)
    kept = _kept(program, name)
    if kept is None or (kept.as_of < as_of and not once):
        said = {key: [people.low, people.high] for key, people in make().items()}
        # Of two readers at once one is the first, and both read what that one was told.
        if not mine.filter(as_of__lt=as_of).update(as_of=as_of, said=said):
            row = StandingCount(program=program, name=name, as_of=as_of, said=said)
            StandingCount.objects.bulk_create([row], ignore_conflicts=True)
        kept = mine.get()
    return {key: People(low, high) for key, (low, high) in kept.said.items()}


def _kept(program: Program | None, name: str) -> StandingCount | None:
    if program is None:
        return StandingCount.objects.filter(program=None, name=name).first()
    return next(iter(_KEPT.rows(program=program.pk, name=name)), None)


_KEPT = Compiled(lambda: StandingCount.objects.filter(program=Blank("program"), name=Blank("name")))


def was_told(program: Program, name: str) -> bool:
    """Whether numbers of this name were said once, whatever would be said now."""
    return StandingCount.objects.filter(program=program, name=name).exclude(said={}).exists()


def count_anew(program: Program, name: str) -> None:
    """For a period that was ended too early, and told nobody anything."""
    StandingCount.objects.filter(program=program, name=name).delete()


@dataclass(frozen=True)
class HeadCount:
    """So many people of so many (None: nobody knows of how many): as they are, before the gate."""

    count: int
    among: int | None = None


def steadily(program: Program | None, name: str, as_of: date, make: Callable[[], Mapping[str, HeadCount]]) -> Counts:
    """As `standing`, for what must not be known of anybody: a number stays, over periods, until it has moved by at
    least `gate.enough` people, and "few" and "nearly all" are as wide. Without a program: of the whole site."""
    k = program.group_minimum if program else DEFAULT
    kept = _kept(program, name)
    if kept is None or kept.as_of < as_of:
        mine = StandingCount.objects.filter(program=program, name=name)
        before = kept.said if kept else {}
        said = {key: _moved(before.get(key), counted, k) for key, counted in make().items()}
        said |= {key: [*row[:COUNTED], RESTS] for key, row in before.items() if key not in said}
        if not mine.filter(as_of__lt=as_of).update(as_of=as_of, said=said):
            row = StandingCount(program=program, name=name, as_of=as_of, said=said)
            StandingCount.objects.bulk_create([row], ignore_conflicts=True)
        kept = mine.get()
    return {key: People(*row[:2]) for key, row in kept.said.items() if len(row) == COUNTED}


def _moved(before: list[Any] | None, now: HeadCount, k: int) -> list[Any]:
    """The lowest and the highest number that are said, and the one they were made from, which nobody is shown."""
    if before is not None and abs(now.count - (before[2] or 0)) < gate.enough(k):
        return before[:COUNTED]
    people = gate.guarded(now.count, among=now.among, k=k)
    return [people.low, people.high, now.count]
