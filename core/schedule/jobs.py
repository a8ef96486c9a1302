"""The clock. Beat only ticks; which job is due stands in the database, so that two ticks send it once."""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from core.kit import rooms
from core.kit.rooms import Every
from core.schedule import fence
from core.schedule.models import JobRun, ScheduledJob, Setback

FORGOTTEN_AFTER = timedelta(days=7)
RUNS_KEPT = timedelta(days=30)
LEASE = timedelta(minutes=15)  # longer than any job may run (CELERY_TASK_TIME_LIMIT): who took it is gone
AGAIN_AFTER = timedelta(minutes=5)
ATTEMPTS = 4  # in a period
RARE = 3600  # seconds: what runs more often is not tried again, its next period is near

CLAIM = """
INSERT INTO core_scheduledjob (name, period, sent_at)
SELECT * FROM unnest(%(names)s::text[], %(periods)s::bigint[], %(sent)s::timestamptz[]) ORDER BY 1
ON CONFLICT (name) DO UPDATE SET
    period = excluded.period,
    sent_at = excluded.sent_at,
    attempts = CASE WHEN core_scheduledjob.period < excluded.period THEN 1 ELSE core_scheduledjob.attempts + 1 END
WHERE core_scheduledjob.off_since IS NULL AND (
    core_scheduledjob.period < excluded.period
    OR core_scheduledjob.period = excluded.period AND core_scheduledjob.name = ANY(%(rare)s)
        AND core_scheduledjob.attempts < %(attempts)s AND CASE
            WHEN core_scheduledjob.ended_at >= core_scheduledjob.sent_at
                THEN core_scheduledjob.failure <> '' AND core_scheduledjob.ended_at <= %(failed)s
            ELSE core_scheduledjob.sent_at <= %(lost)s
        END
)
RETURNING name, period, attempts
"""
NOTE = """
INSERT INTO core_jobrun (name, period, attempts, sent_at, failure)
SELECT *, '' FROM unnest(%s::text[], %s::bigint[], %s::smallint[], %s::timestamptz[]) ORDER BY 1
ON CONFLICT (name, period) DO UPDATE SET attempts = excluded.attempts, sent_at = excluded.sent_at
"""


def period_of(seconds: int, now: datetime) -> int:
    """The number of the period of that length at this moment: counted from 1970, so that no change of a country's
    clocks makes one twice or leaves one out."""
    return int(now.timestamp()) // seconds


def due(now: datetime | None = None) -> list[Every]:
    """The jobs whose period has begun and that nobody has sent yet; each is handed out once. After hours of
    standstill each comes once, not once for every period missed: it sweeps what is there. What is switched off is left
    out, and behind the fence all that would leave the site.

    What runs every hour or less often is handed out again in its period, a few times, when it failed or when nobody
    has been through with it for longer than a job may run: a daily job does not wait a day for that."""
    now = now or timezone.now()
    known = {line.task.name: line for room in rooms.every() for line in room.timetable}
    if fence.is_up():
        known = {name: line for name, line in known.items() if not fence.keeps(name)}
    rare = [name for name, line in known.items() if line.seconds >= RARE]
    told: dict[str, Any] = {
        "names": list(known),
        "periods": [period_of(line.seconds, now) for line in known.values()],
        "sent": [now] * len(known),
        "rare": rare,
        "attempts": ATTEMPTS,
        "failed": now - AGAIN_AFTER,
        "lost": now - LEASE,
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(CLAIM, told)
        taken = cursor.fetchall()
        noted = [row for row in taken if row[0] in rare]
        if noted:
            cursor.execute(NOTE, [*map(list, zip(*noted, strict=True)), [now] * len(noted)])
    return [known[name] for name, *_rest in taken]


def give_back(line: Every) -> None:
    """It could not be sent: the next tick finds it due again."""
    with transaction.atomic():
        ScheduledJob.objects.filter(name=line.task.name).update(period=F("period") - 1)


def ended(line: Every, took: float, failure: str) -> None:
    """A worker is through with a job. What became of a period is kept where it is rare, and where it failed."""
    name = line.task.name
    told = {"ended_at": timezone.now(), "took": took, "failure": failure}
    ScheduledJob.objects.filter(name=name).update(**told)
    if line.seconds < RARE and not failure:
        return
    job = ScheduledJob.objects.filter(name=name).first()
    if job is not None and not JobRun.objects.filter(name=name, period=job.period).update(**told):
        first = {"sent_at": job.sent_at, "attempts": job.attempts, **told}
        JobRun.objects.get_or_create(name=name, period=job.period, defaults=first)


def retention() -> int:
    """A row that no job has asked for since it was due to be tried again is settled some other way, or gone."""
    now = timezone.now()
    JobRun.objects.filter(sent_at__lt=now - RUNS_KEPT).delete()
    return Setback.objects.filter(next_at__lt=now - FORGOTTEN_AFTER).delete()[0]
