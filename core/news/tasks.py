from celery import shared_task

from core.news import jobs, pushing


@shared_task(name="news.mail")
def mail() -> None:
    jobs.mail_due()


@shared_task(name="news.push")
def push() -> None:
    pushing.push_due()
    pushing.send_due()
