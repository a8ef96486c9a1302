from celery import shared_task

from programs.consents import jobs


@shared_task(name="consents.erase_due")
def erase_due() -> None:
    jobs.erase_due()
