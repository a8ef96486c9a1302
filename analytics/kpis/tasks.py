from celery import shared_task

from analytics.kpis import jobs
from core.kit.wake import wake


@shared_task(name="kpis.publish_due")
def publish_due() -> None:
    """The periodic sweep: one task for each program, so that a large or broken one holds up nobody."""
    for program_id in jobs.due():
        wake(publish, program_id)


@shared_task(name="kpis.publish")
def publish(program_id: int) -> None:
    """A program's figures, when they are due."""
    jobs.publish_due(program_id)
