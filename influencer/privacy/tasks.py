from celery import shared_task

from influencer.privacy import jobs


@shared_task(name="privacy.retention")
def retention() -> None:
    jobs.retention()


@shared_task(name="privacy.erase_accounts")
def erase_accounts() -> None:
    jobs.erase_accounts()
