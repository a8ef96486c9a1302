from celery import shared_task

from community.office_hours import jobs


@shared_task(name="office_hours.sweep")
def sweep() -> None:
    jobs.sweep()
