"""For each row, isolated, oldest first, with back-off: one row that fails never starves the others."""

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import timedelta

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from core.kit.generic import T
from core.schedule.models import Setback

log = logging.getLogger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(days=1)
MOST_DOUBLINGS = 11


@dataclass
class Outcome:
    done: int = 0
    failed: int = 0
    waiting: int = 0  # failed before, and not due for another try yet


def unnamed(*parts: object) -> str:
    """The name of a row that stands for a person: the same each time, and in no log or table does it say for whom."""
    return salted_hmac("core.schedule.each", " ".join(map(str, parts)), algorithm="sha256").hexdigest()[:16]


def each(
    job: str, rows: Iterable[T], work: Callable[[T], object], *, key: Callable[[T], object] = str, is_whole: bool = True
) -> Outcome:
    """Do `work` on each row in a transaction of its own. What fails is noted with the kind of error, tried again
    after a pause that doubles from a minute to a day, and does not stop the rest. Rows come oldest first from the
    caller; `job` names the work in the log and on the page of jobs, `key` the row in the log: a person is `unnamed`.
    Work that talks to other servers and commits on the way is not one whole: it keeps what it noted before it failed.
    """
    outcome = Outcome()
    paused = set(Setback.objects.filter(job=job, next_at__gt=timezone.now()).values_list("row", flat=True))
    known = set(Setback.objects.filter(job=job).values_list("row", flat=True))
    for row in rows:
        name = str(key(row))
        if name in paused:
            outcome.waiting += 1
            continue
        try:
            with transaction.atomic() if is_whole else nullcontext():
                work(row)
        except Exception as error:  # noqa: BLE001  # whatever it is, the next row is not to blame
            outcome.failed += 1
            _note(job, name, error)
        else:
            outcome.done += 1
            if name in known:
                Setback.objects.filter(job=job, row=name).delete()
    return outcome


def within(seconds: float, rows: Iterable[T]) -> Iterator[T]:
    """The rows whose turn comes in this time; the next sweep takes the others."""
    end = time.monotonic() + seconds
    for row in rows:
        if time.monotonic() > end:
            return
        yield row


def _note(job: str, row: str, error: Exception) -> None:
    log.error("%s failed for %s: %s", job, row, type(error).__name__)
    now = timezone.now()
    try:
        setback, _ = Setback.objects.get_or_create(
            job=job, row=row, defaults={"failed_at": now, "next_at": now, "reason": ""}
        )
        pause = min(FIRST_PAUSE * 2 ** min(setback.attempts, MOST_DOUBLINGS), LONGEST_PAUSE)
        Setback.objects.filter(pk=setback.pk).update(
            attempts=F("attempts") + 1, reason=type(error).__name__[:80], failed_at=now, next_at=now + pause
        )
    except DatabaseError:  # the database is away: the sweep comes again
        log.error("%s: the setback of %s could not be noted", job, row)
