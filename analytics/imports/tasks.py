from celery import shared_task

from analytics.imports import jobs
from analytics.imports.models import RunState
from core.kit.wake import wake
from core.kit.workplace import tidy


@shared_task(name="imports.read")
def read(run_id: int) -> None:
    jobs.read(run_id)


@shared_task(name="imports.apply")
def apply(run_id: int) -> None:
    jobs.apply(run_id)


@shared_task(name="imports.undo")
def undo(run_id: int) -> None:
    jobs.undo(run_id)


@shared_task(name="imports.sweep")
def sweep() -> None:
    """Whatever a lost message or a killed worker left behind is done again, and its files at work go."""
    tidy()
    again = {RunState.APPLYING: apply, RunState.UNDOING: undo}
    for state, run_id in jobs.left_behind():
        wake(again.get(RunState(state), read), run_id)
