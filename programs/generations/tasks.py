from celery import shared_task

from programs.generations import jobs


@shared_task(name="generations.post")
def post() -> None:
    jobs.post()


@shared_task(name="generations.sweep")
def sweep() -> None:
    jobs.sweep()


@shared_task(name="generations.note_deeds")
def note_deeds() -> None:
    jobs.note_deeds()
