"""Several files of one account take turns: one is applied or undone at a time, the others wait in line.

Who waits says so in its message, so that a press is kept when a worker or the broker is gone: the end of the one before
it or the sweep goes on. Nothing else than a press puts a file into the line; whatever changes it takes it out again.
"""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from analytics.imports.models import ImportRun, RunState

TO_APPLY, TO_UNDO = "waits_to_be_applied", "waits_to_be_undone"
LEADS_TO = {TO_APPLY: RunState.APPLYING, TO_UNDO: RunState.UNDOING}
WAITS_IN = {TO_APPLY: RunState.PREVIEW, TO_UNDO: RunState.APPLIED}
FIRST_LEASE = timedelta(seconds=15)


def is_waiting(run: ImportRun) -> bool:
    code = run.message.get("code", "")
    return code in WAITS_IN and run.state == WAITS_IN[code]


def line_up(runs: list[ImportRun], code: str) -> None:
    """Put files into the line; whoever calls holds their rows."""
    for run in runs:
        run.message = {"code": code}
        run.save(update_fields=["message"])


def next_of(account_id: int) -> tuple[str, int] | None:
    """Whose turn it is now: its new state and its number; nobody's while one of the account is at work."""
    waiting = ImportRun.objects.select_for_update(skip_locked=True, of=("self",)).order_by("pk")
    try:
        with transaction.atomic():
            run = waiting.filter(account=account_id, state__in=WAITS_IN.values(), message__code__in=WAITS_IN).first()
            if run is None or not is_waiting(run):
                return None
            run.state, run.message, run.attempts = LEADS_TO[run.message["code"]], {}, 0
            run.lease_until = timezone.now() + FIRST_LEASE
            run.save(update_fields=["state", "message", "attempts", "lease_until"])
    except IntegrityError:  # one_apply_per_account_at_a_time: its end goes on
        return None
    return run.state, run.pk


def next_after(run_id: int) -> tuple[str, int] | None:
    account_id = ImportRun.objects.filter(pk=run_id).values_list("account_id", flat=True).first()
    return next_of(account_id) if account_id is not None else None


def accounts_in_line() -> list[int]:
    waiting = ImportRun.objects.filter(state__in=WAITS_IN.values(), message__code__in=WAITS_IN)
    return list(waiting.order_by("account").values_list("account", flat=True).distinct()[:100])
