from celery import shared_task

from influencer.operate import alarms, jobs


@shared_task(name="operate.sweep")
def sweep() -> None:
    jobs.sweep()


@shared_task(name="operate.watch")
def watch() -> None:
    alarms.watch()
