from celery import shared_task

from core.notify import bounces, jobs


@shared_task(name="notify.deliver")
def deliver(mail_id: int) -> None:
    jobs.deliver(mail_id)


@shared_task(name="notify.deliver_now")
def deliver_now(mail_id: int) -> None:
    """A mail that somebody needs to sign in."""
    jobs.deliver(mail_id)


@shared_task(name="notify.sweep")
def sweep() -> None:
    jobs.sweep()


@shared_task(name="notify.read_bounces")
def read_bounces() -> None:
    bounces.read()
