from celery import shared_task

from community.events import jobs


@shared_task(name="events.sweep")
def sweep() -> None:
    jobs.sweep()
