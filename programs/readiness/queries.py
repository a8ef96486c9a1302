"""What is selected of rounds and their results."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from core.kit.words import Words
from programs.consents.models import today_in
from programs.membership.models import Program
from programs.readiness import results, survey
from programs.readiness.models import ReadinessRound
from programs.readiness.results import FieldResult

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True)
class PastRound:
    """A closed round as it is shown. Without rows too few people answered."""

    row: ReadinessRound
    fields: list[FieldResult]

    @property
    def last_day(self) -> "date":
        """On which somebody could answer: a round may be closed early."""
        closed_at = self.row.closed_at
        return min(self.row.closes_on, today_in(self.row.program, closed_at)) if closed_at else self.row.closes_on

    @property
    def verdict(self) -> Words:
        return survey.verdict(results.verdict(self.fields))


def running_round(program: Program) -> ReadinessRound | None:
    found = ReadinessRound.objects.filter(program=program, closed_at=None).first()
    if found:
        found.program = program
    return found


def past_rounds(program: Program) -> list[PastRound]:
    """The newest first; each compared with the one before that had a result."""
    rows = list(ReadinessRound.objects.filter(program=program, closed_at__isnull=False))
    for row in rows:
        row.program = program
    found, before = [], None
    for row in reversed(rows):
        found.append(PastRound(row, results.shown(row.result, before) if row.result else []))
        before = row.result or before
    return found[::-1]


def latest_result(program: Program) -> PastRound | None:
    """Of the last survey that had one."""
    row = ReadinessRound.objects.filter(program=program, closed_at__isnull=False, result__isnull=False).first()
    if not row or not row.result:
        return None
    row.program = program
    return PastRound(row, results.shown(row.result))


def takes_answers(row: ReadinessRound) -> bool:
    """Until the end of its last day, unless somebody closed it or put the program away."""
    return not row.closed_at and not row.program.archived_at and today_in(row.program) <= row.closes_on


def due() -> Iterator[ReadinessRound]:
    """Open rounds whose last day is over where their program is, the oldest first."""
    rows = ReadinessRound.objects.filter(closed_at=None, closes_on__lte=timezone.now().date() + timedelta(days=1))
    for row in rows.select_related("program").order_by("closes_on", "pk"):
        if row.closes_on < today_in(row.program):
            yield row
