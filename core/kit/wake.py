"""Wake a worker up once what it shall do is committed. The row in the database is the truth: a lost call is found
by the sweep, so a broker that is down neither fails nor delays the request."""

import logging
from typing import Any

from celery import Task
from django.db import transaction

from core.kit.valkey import breaker

log = logging.getLogger(__name__)


def wake(task: Task[..., Any], *ids: int) -> None:
    """After the commit: ask a worker to look at these rows."""
    transaction.on_commit(lambda: _publish(task, ids), robust=True)


def _publish(task: Task[..., Any], ids: tuple[int, ...]) -> None:
    if breaker.is_open:
        return
    try:
        task.apply_async(args=ids, retry=False)
    except Exception as error:  # noqa: BLE001  # whatever the broker's library raises: the row is safe
        log.warning("%s was not called, the sweep will find its work: %s", task.name, error)
        breaker.open(error)
