from celery import shared_task

from core.schedule import jobs


@shared_task(name="schedule.tick")
def tick() -> None:
    """Send every job that is due to its queue."""
    for line in jobs.due():
        line.task.apply_async(retry=False)
