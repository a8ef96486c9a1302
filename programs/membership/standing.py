"""Numbers of people that do not move while one watches.

A number of this moment could be watched: who looks twice sees the one person in between. So a number is made once for
a period, as counted at the first look of the period, and stands until the next one. What was shown stays shown.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from core.disclosure.gate import People
from programs.membership.models import Program
from programs.membership.models_standing import StandingCount

Counts = Mapping[str, People]


def last_monday(program: Program) -> date:
    today = timezone.localdate(timezone=ZoneInfo(program.time_zone))
    return today - timedelta(days=today.weekday())


def beginning_of(program: Program, day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(program.time_zone))


def retention() -> int:
    """What nobody has looked at for a year goes."""
    return StandingCount.objects.filter(as_of__lt=timezone.localdate() - timedelta(days=365)).delete()[0]


def standing(program: Program, name: str, as_of: date, make: Callable[[], Counts], *, once: bool = False) -> Counts:
    """The numbers of this name for the period that began on `as_of`; `make` is asked once per period. `once`: never
    again, whatever the day becomes: who may move the day of a count could watch the number from day to day."""
    mine = StandingCount.objects.filter(program=program, name=name)
    kept = mine.first()
    if kept is None or (kept.as_of < as_of and not once):
        said = {key: [people.low, people.high] for key, people in make().items()}
        # Of two readers at once one is the first, and both read what that one was told.
        if not mine.filter(as_of__lt=as_of).update(as_of=as_of, said=said):
            row = StandingCount(program=program, name=name, as_of=as_of, said=said)
            StandingCount.objects.bulk_create([row], ignore_conflicts=True)
        kept = mine.get()
    return {key: People(low, high) for key, (low, high) in kept.said.items()}
