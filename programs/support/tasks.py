from celery import shared_task

from programs.support import incidents


@shared_task(name="support.ask_how_they_are")
def ask_how_they_are() -> None:
    incidents.ask_how_they_are()
