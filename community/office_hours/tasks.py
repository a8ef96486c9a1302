from celery import shared_task

from community.office_hours import busy, jobs
from core.kit.wake import wake


@shared_task(name="office_hours.sweep")
def sweep() -> None:
    jobs.sweep()
    for pk in busy.due():
        wake(read_calendar, pk)


@shared_task(name="office_hours.read_calendar")
def read_calendar(host_id: int) -> None:
    busy.read(host_id)
