from celery import shared_task

from community.events import answers_by_mail, jobs


@shared_task(name="events.sweep")
def sweep() -> None:
    jobs.sweep()


@shared_task(name="events.read_answers")
def read_answers() -> None:
    answers_by_mail.read()
