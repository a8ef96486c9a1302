"""Opening, answering, closing. Between two rounds lie four weeks: from two results of nearly the same people one could
work out what a few of them said."""

import secrets
from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from core.journal import services as journal
from core.journal.changes import changes_of, key_of, pair
from programs.consents.models import today_in
from programs.membership.models import Program
from programs.readiness import queries, results
from programs.readiness.models import ReadinessRound
from programs.readiness.verbs import ReadinessVerb

if TYPE_CHECKING:
    from core.people.models import User

SHORTEST, USUAL, LONGEST = timedelta(days=5), timedelta(days=14), timedelta(days=42)  # from the first to the last day
APART = timedelta(days=28)
MOST_ANSWERS = 20_000


class TooSoon(Exception):
    """The last round ended less than four weeks ago, or one is open."""

    def __init__(self, earliest: date | None) -> None:
        super().__init__(earliest)
        self.earliest = earliest


class SurveyIsOver(Exception):
    """The last day has passed, or somebody closed the round."""


def earliest(program: Program) -> date:
    """The first day on which a next round may open."""
    last = ReadinessRound.objects.filter(program=program, closed_at__isnull=False).order_by("-closed_at").first()
    today = today_in(program)
    return max(today, today_in(program, last.closed_at) + APART) if last and last.closed_at else today


@transaction.atomic
def open_round(program: Program, *, closes_on: date, by: "User") -> ReadinessRound:
    Program.objects.select_for_update(no_key=True).get(pk=program.pk)
    today = today_in(program)
    if (first := earliest(program)) > today:
        raise TooSoon(first)
    try:
        with transaction.atomic():
            row = ReadinessRound.objects.create(
                program=program, key=secrets.token_urlsafe(32), opened_on=today, closes_on=closes_on, by=by
            )
    except IntegrityError:
        raise TooSoon(None) from None
    ends = {key_of(ReadinessRound, "closes_on"): pair(None, closes_on)}
    journal.record(ReadinessVerb.OPENED, program, by=by, changes=ends)
    return row


@transaction.atomic
def move(row: ReadinessRound, *, closes_on: date, by: "User") -> bool:
    """Whether it was still open; the same day once more changes nothing and is fine."""
    row.closes_on = closes_on
    changed = changes_of(row, ("closes_on",))
    if not ReadinessRound.objects.filter(pk=row.pk, closed_at=None).update(closes_on=closes_on):
        return False
    if changed:
        journal.record(ReadinessVerb.MOVED, row.program, by=by, changes=changed)
    return True


@transaction.atomic
def answer(row: ReadinessRound, answers: Mapping[str, int]) -> None:
    """Added up at once; not in the journal, and not with a time: nobody is to know who answered, nor when, nor what."""
    row = _locked(row)
    if not queries.takes_answers(row) or row.answered >= MOST_ANSWERS:
        raise SurveyIsOver
    row.answered, row.sums = row.answered + 1, results.added(row.sums, answers)
    row.save(update_fields=["answered", "sums"])


@transaction.atomic
def close(row: ReadinessRound, *, by: "User | None" = None) -> None:
    """The result is worked out once; the sums are destroyed with it. A second click finds it done."""
    row = _locked(row)
    if row.closed_at:
        return
    row.result = results.worked_out(row.sums, row.answered, row.program.group_minimum)
    row.closed_at, row.answered, row.sums = timezone.now(), 0, {}
    row.save(update_fields=["closed_at", "answered", "sums", "result"])
    journal.record(ReadinessVerb.CLOSED, row.program, by=by)


def _locked(row: ReadinessRound) -> ReadinessRound:
    return ReadinessRound.objects.select_for_update(of=("self",)).select_related("program").get(pk=row.pk)
