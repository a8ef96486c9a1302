from celery import shared_task

from influencer.privacy import jobs


@shared_task(name="privacy.retention")
def retention() -> None:
    jobs.retention()
