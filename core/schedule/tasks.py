import logging

from celery import shared_task
from kombu.exceptions import KombuError
from redis import RedisError

from core.schedule import jobs

log = logging.getLogger(__name__)


@shared_task(name="schedule.tick")
def tick() -> None:
    """Send every job that is due to its queue. One that the broker refuses keeps no other from it, and comes again with
    the next tick."""
    for line in jobs.due():
        try:
            line.task.apply_async(retry=False)
        except (KombuError, OSError, RedisError) as error:
            jobs.give_back(line)
            log.warning("%s could not be sent: %s", line.task.name, type(error).__name__)
