from celery import shared_task

from community.pulses import jobs


@shared_task(name="pulses.look_after")
def look_after() -> None:
    jobs.look_after()
