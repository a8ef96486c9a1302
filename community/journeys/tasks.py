from celery import shared_task

from community.journeys import jobs


@shared_task(name="journeys.sweep")
def sweep() -> None:
    jobs.sweep()
