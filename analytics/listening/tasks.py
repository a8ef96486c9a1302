from celery import shared_task

from core.kit.wake import wake


@shared_task(name="listening.look")
def look(search_id: int) -> None:
    from analytics.listening import jobs  # noqa: PLC0415  # its services wake this

    jobs.look(search_id)


@shared_task(name="listening.sweep")
def sweep() -> None:
    """Whatever is due by now, also what a lost message or a killed worker left behind."""
    from analytics.listening import jobs  # noqa: PLC0415

    for search_id in jobs.due():
        wake(look, search_id)
