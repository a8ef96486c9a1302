from celery import shared_task

from influencer.operate import jobs


@shared_task(name="operate.sweep")
def sweep() -> None:
    jobs.sweep()
