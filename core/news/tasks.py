from celery import shared_task

from core.news import jobs


@shared_task(name="news.mail")
def mail() -> None:
    jobs.mail_due()
