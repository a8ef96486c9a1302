from celery import shared_task

from core.kit.wake import wake


@shared_task(name="connectors.look")
def look(connection_id: int) -> None:
    from analytics.connectors import jobs  # noqa: PLC0415  # its news are told by services that wake this

    jobs.look(connection_id)


@shared_task(name="connectors.end_permit")
def end_permit(pk: int) -> None:
    from analytics.connectors import permits  # noqa: PLC0415

    permits.end(pk)


@shared_task(name="connectors.sweep")
def sweep() -> None:
    """Whatever is due by now, also what a lost message or a killed worker left behind."""
    from analytics.connectors import jobs, permits  # noqa: PLC0415

    for pk in permits.to_end():
        wake(end_permit, pk)
    for connection_id in jobs.due():
        wake(look, connection_id)


@shared_task(name="connectors.remind")
def remind() -> None:
    from analytics.connectors import jobs  # noqa: PLC0415

    jobs.remind()
