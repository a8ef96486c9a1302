from celery import shared_task

from programs.readiness import jobs


@shared_task(name="readiness.close_due")
def close_due() -> None:
    jobs.close_due()
