"""How periodic work went: when it ended, how long it took, what kind of error stopped it."""

import time
from typing import Any

from celery import signals
from django.db import DatabaseError
from django.utils import timezone

from core.kit import rooms
from core.schedule.models import ScheduledJob

_began: dict[str, float] = {}


def listen() -> None:
    """Called once, when the site starts; the signals come in workers only."""
    signals.task_prerun.connect(_begin, dispatch_uid="schedule")
    signals.task_postrun.connect(_end, dispatch_uid="schedule")


def _begin(task_id: str, **_: Any) -> None:
    _began[task_id] = time.monotonic()


def _end(task_id: str, task: Any, retval: Any, state: str, **_: Any) -> None:
    took = time.monotonic() - _began.pop(task_id, time.monotonic())
    if not any(line.task.name == task.name for room in rooms.every() for line in room.timetable):
        return
    failure = type(retval).__name__[:80] if state == "FAILURE" else ""
    try:
        ScheduledJob.objects.filter(name=task.name).update(ended_at=timezone.now(), took=took, failure=failure)
    except DatabaseError:
        return  # the database is away, and with it whoever would read this
