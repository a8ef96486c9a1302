from celery import shared_task

from core.notify import bounces, jobs


@shared_task(name="notify.deliver")
def deliver(mail_id: int) -> None:
    jobs.deliver(mail_id)


@shared_task(name="notify.sweep")
def sweep() -> None:
    jobs.sweep()


@shared_task(name="notify.read_bounces")
def read_bounces() -> None:
    bounces.read()
