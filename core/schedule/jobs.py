"""The clock. Beat only ticks; which job is due stands in the database, so that two ticks send it once."""

from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from core.kit import rooms
from core.kit.rooms import Every
from core.schedule import fence
from core.schedule.models import Setback

FORGOTTEN_AFTER = timedelta(days=7)

CLAIM = """
INSERT INTO core_scheduledjob (name, period, sent_at)
SELECT * FROM unnest(%s::text[], %s::bigint[], %s::timestamptz[]) ORDER BY 1
ON CONFLICT (name) DO UPDATE SET period = excluded.period, sent_at = excluded.sent_at
WHERE core_scheduledjob.period < excluded.period AND core_scheduledjob.off_since IS NULL
RETURNING name
"""


def period_of(seconds: int, now: datetime) -> int:
    """The number of the period of that length at this moment: counted from 1970, so that no change of a country's
    clocks makes one twice or leaves one out."""
    return int(now.timestamp()) // seconds


def due(now: datetime | None = None) -> list[Every]:
    """The jobs whose period has begun and that nobody has sent yet; each is handed out once. After hours of
    standstill each comes once, not once for every period missed: it sweeps what is there. What is switched off is left
    out, and behind the fence all that would leave the site."""
    now = now or timezone.now()
    known = {line.task.name: line for room in rooms.every() for line in room.timetable}
    if fence.is_up():
        known = {name: line for name, line in known.items() if not fence.keeps(name)}
    periods = [period_of(line.seconds, now) for line in known.values()]
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, [list(known), periods, [now] * len(known)])
        return [known[name] for (name,) in cursor.fetchall()]


def retention() -> int:
    """A row that no job has asked for since it was due to be tried again is settled some other way, or gone."""
    return Setback.objects.filter(next_at__lt=timezone.now() - FORGOTTEN_AFTER).delete()[0]
