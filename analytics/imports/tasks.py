from celery import shared_task

from analytics.imports import jobs, turns
from analytics.imports.models import RunState
from core.kit.wake import wake
from core.kit.workplace import tidy


@shared_task(name="imports.read")
def read(run_id: int) -> None:
    jobs.read(run_id)


@shared_task(name="imports.apply")
def apply(run_id: int) -> None:
    jobs.apply(run_id)
    _go_on(turns.next_after(run_id))


@shared_task(name="imports.undo")
def undo(run_id: int) -> None:
    jobs.undo(run_id)
    _go_on(turns.next_after(run_id))


@shared_task(name="imports.sweep")
def sweep() -> None:
    """Whatever a lost message or a killed worker left behind is done again, and its files at work go."""
    tidy()
    for left in jobs.left_behind():
        _go_on(left)
    for account_id in turns.accounts_in_line():
        _go_on(turns.next_of(account_id))


def _go_on(work: tuple[str, int] | None) -> None:
    does = {RunState.APPLYING: apply, RunState.UNDOING: undo}
    if work is not None:
        wake(does.get(RunState(work[0]), read), work[1])
