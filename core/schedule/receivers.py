"""How periodic work went: when it ended, how long it took, what kind of error stopped it."""

import time
from typing import Any

from celery import signals
from django.db import DatabaseError

from core.kit import rooms
from core.schedule import jobs

_began: dict[str, float] = {}


def listen() -> None:
    """Called once, when the site starts; the signals come in workers only."""
    signals.task_prerun.connect(_begin, dispatch_uid="schedule")
    signals.task_postrun.connect(_end, dispatch_uid="schedule")


def _begin(task_id: str, **_: Any) -> None:
    _began[task_id] = time.monotonic()


def _end(task_id: str, task: Any, retval: Any, state: str, **_: Any) -> None:
    took = time.monotonic() - _began.pop(task_id, time.monotonic())
    line = next((line for room in rooms.every() for line in room.timetable if line.task.name == task.name), None)
    if line is None or state == "IGNORED":  # put off: it was not done yet
        return
    failure = type(retval).__name__[:80] if state == "FAILURE" else ""
    try:
        jobs.ended(line, took, failure)
    except DatabaseError:
        return  # the database is away, and with it whoever would read this
