from celery import shared_task

from programs.generations import jobs, reminders, staying


@shared_task(name="generations.post")
def post() -> None:
    jobs.post()


@shared_task(name="generations.sweep")
def sweep() -> None:
    jobs.sweep()


@shared_task(name="generations.note_deeds")
def note_deeds() -> None:
    jobs.note_deeds()


@shared_task(name="generations.count_heads")
def count_heads() -> None:
    staying.count_heads()


@shared_task(name="generations.move_people")
def move_people() -> None:
    jobs.move_people()


@shared_task(name="generations.remind")
def remind() -> None:
    reminders.remind()
