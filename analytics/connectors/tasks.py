from celery import shared_task

from core.kit.wake import wake


@shared_task(name="connectors.look")
def look(connection_id: int) -> None:
    from analytics.connectors import jobs  # noqa: PLC0415  # its news are told by services that wake this

    jobs.look(connection_id)


@shared_task(name="connectors.sweep")
def sweep() -> None:
    """Whatever is due by now, also what a lost message or a killed worker left behind."""
    from analytics.connectors import jobs  # noqa: PLC0415

    for connection_id in jobs.due():
        wake(look, connection_id)
