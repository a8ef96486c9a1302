from celery import shared_task

from analytics.reports import jobs


@shared_task(name="reports.monthly")
def monthly() -> None:
    jobs.tell_months()
