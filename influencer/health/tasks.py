from typing import Any

from celery import shared_task
from celery.signals import worker_ready

from influencer.health import probes


@shared_task(name="health.beat")
def beat() -> None:
    probes.record_heartbeat()


@worker_ready.connect
def beat_at_once(**_: Any) -> None:
    """A fresh worker takes a task straight away instead of waiting for beat's first tick."""
    beat.delay()
