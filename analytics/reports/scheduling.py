"""When a program's report goes by email, and to whom."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from analytics.reports.bringing import months_before
from analytics.reports.models import Report
from analytics.reports.models_schedule import ReportRecipient, ReportSchedule
from analytics.reports.verbs import ReportsVerb
from core.journal import services as journal
from core.journal.changes import Changes, key_of, pair
from programs.membership.access import Ability
from programs.membership.models import Program
from programs.membership.queries import people_with

if TYPE_CHECKING:
    from core.people.models import User

Rhythm = ReportSchedule.Rhythm
QUARTER = 3
NEWS_FOR = timedelta(days=14)  # after a standstill nobody gets a year of reports


def schedule_of(program: Program) -> ReportSchedule | None:
    return ReportSchedule.objects.filter(program=program).first()


def recipients_of(schedule: ReportSchedule) -> "list[User]":
    """Who was named and may read reports now, by name. A role that ended, for whatever reason, ends it."""
    may = {row.user_id: row.user for row in people_with(Ability.SEE_REPORTS, schedule.program)}
    named = _named(schedule)
    return [person for pk, person in may.items() if pk in named]


def due_since(schedule: ReportSchedule, today: date) -> date:
    """The last day on which it was due, today at the latest."""
    month = today.replace(day=1)
    if today.day < schedule.day:
        month = months_before(month, 1)
    if schedule.rhythm == Rhythm.QUARTERLY:
        month = months_before(month, (month.month - 1) % QUARTER)
    return month.replace(day=schedule.day)


def next_due(schedule: ReportSchedule, today: date) -> date:
    step = QUARTER if schedule.rhythm == Rhythm.QUARTERLY else 1
    return months_before(due_since(schedule, today).replace(day=1), -step).replace(day=schedule.day)


def is_due(report: Report, schedule: ReportSchedule | None, today: date) -> bool:
    """Without a schedule while it is news. With one: the month before the day it is due, once that day has come. A
    report that is frozen later goes then; nothing goes for a day before the schedule was chosen."""
    if schedule is None:
        return report.made_at.date() > today - NEWS_FOR
    due = due_since(schedule, today)
    return due >= schedule.since and report.month == months_before(due.replace(day=1), 1)


@transaction.atomic
def set_schedule(
    program: Program, *, rhythm: str, day: int, people: "Iterable[User]", by: "User"
) -> ReportSchedule | None:
    """Who gets the report and when. Without a rhythm: executives, once it is frozen, as before anybody chose."""
    Program.objects.select_for_update(no_key=True).get(pk=program.pk)
    before = schedule_of(program)
    was = (before.rhythm, before.day, _named(before)) if before else ("", 0, set())
    may = set(people_with(Ability.SEE_REPORTS, program).values_list("user_id", flat=True))
    wanted = {person.pk for person in people} & may
    schedule = None
    if not rhythm:
        ReportSchedule.objects.filter(program=program).delete()
    else:
        what: dict[str, Any] = {"rhythm": rhythm, "day": day}
        if was[:2] != (rhythm, day):
            what["since"] = timezone.localdate()
        schedule, _made = ReportSchedule.objects.update_or_create(program=program, defaults=what)
        ReportRecipient.objects.filter(schedule=schedule).exclude(person__in=wanted).delete()
        rows = [ReportRecipient(schedule=schedule, person_id=pk) for pk in sorted(wanted)]
        ReportRecipient.objects.bulk_create(rows, ignore_conflicts=True)
    if was != ((rhythm, day, wanted) if rhythm else ("", 0, set())):
        journal.record(ReportsVerb.SCHEDULED, program, by=by, changes=_changes(was, (rhythm, day, wanted)))
    return schedule


def _changes(was: tuple[str, int, set[int]], now: tuple[str, int, set[int]]) -> Changes:
    """For the log: how often, on which day, and how many people were named, whom the page of reports names."""
    rhythm, day, people = now if now[0] else ("", 0, set())
    rows: dict[str, tuple[Any, Any]] = {
        key_of(ReportSchedule, "rhythm"): (was[0], rhythm),
        key_of(ReportSchedule, "day"): (was[1] or None, day or None),
        key_of(ReportSchedule, "heads"): (len(was[2]) or None, len(people) or None),
    }
    return {key: pair(before, after) for key, (before, after) in rows.items() if before != after}


def _named(schedule: ReportSchedule) -> set[int]:
    return set(ReportRecipient.objects.filter(schedule=schedule).values_list("person_id", flat=True))
