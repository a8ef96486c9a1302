"""A real worker with a real broker, killed with SIGKILL in the middle of an import: nothing is half applied."""

import random
import time
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from analytics.imports import jobs, services, tasks
from analytics.imports.models import ImportRun, RunState
from analytics.metrics.models import Metric, Reading, WeekTotal
from tests.factories.imports import make_run
from tests.worker import wait_until, worker

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
POSTS, DAYS, METRICS = 120, 60, ("impressions", "reactions", "comments", "clicks")
ROWS = POSTS * DAYS * len(METRICS) + DAYS
KILLS = 3


def table() -> bytes:
    lines = ["date,post_url,metric,value"]
    days = [f"2026-{5 + day // 28:02}-{1 + day % 28:02}" for day in range(DAYS)]
    lines += [f"{day},,impressions,{number}" for number, day in enumerate(days)]
    for post in range(POSTS):
        url = f"https://www.linkedin.com/feed/update/urn:li:activity:{(1777000000000 + post * 3600000) << 22}"
        lines += [f"{day},{url},{metric},{post}" for day in days for metric in METRICS]
    return "\n".join(lines).encode()


def is_held(run: ImportRun) -> bool:
    """Whether a worker is in the middle of it."""
    with transaction.atomic():
        return not ImportRun.objects.select_for_update(skip_locked=True).filter(pk=run.pk).exists()


def is_applied(run: ImportRun) -> bool:
    return ImportRun.objects.filter(pk=run.pk, state=RunState.APPLIED).exists()


def test_a_worker_killed_while_applying_leaves_nothing_half_done(world: Any, tmp_path: Path) -> None:
    rng = random.Random(3)
    ImportRun.objects.all().delete()
    run = make_run(world.company_account, content=table(), by=world.manager)
    log = tmp_path / "worker.log"
    with worker("imports", log=log) as running:
        tasks.sweep.delay()  # not old enough yet
        tasks.read.delay(run.pk)
        assert wait_until(lambda: ImportRun.objects.get(pk=run.pk).state == RunState.PREVIEW), log.read_text()
        run.refresh_from_db()
        assert run.rows_new == ROWS
        services.apply_run(run, by=world.manager)
        for _ in range(KILLS - 1):
            ImportRun.objects.filter(pk=run.pk).update(attempts=0)  # each kill is a story of its own
            tasks.apply.delay(run.pk)
            assert wait_until(lambda: is_held(run) or is_applied(run), pause=0.02), log.read_text()
            if is_applied(run):  # faster than we kill; what was before is judged all the same
                break
            time.sleep(rng.uniform(0.05, 0.4))
            running.kill_a_child()
            assert Reading.objects.count() in (0, ROWS)
        running.kill()
    assert not WeekTotal.objects.exists() or ImportRun.objects.get(pk=run.pk).state == RunState.APPLIED
    # Time passes, and the next worker's sweep finds what is left.
    ImportRun.objects.filter(pk=run.pk, state=RunState.APPLYING).update(lease_until=None, attempts=0)
    with worker("imports", log=log):
        is_done = ImportRun.objects.filter(pk=run.pk, state=RunState.APPLIED)
        assert wait_until(is_done.all().exists, tick=tasks.sweep), log.read_text()
    run.refresh_from_db()
    assert (run.rows_new, Reading.objects.count()) == (ROWS, ROWS)
    weeks = WeekTotal.objects.filter(metric=Metric.IMPRESSIONS).values_list("value", flat=True)
    assert sum(weeks) == sum(range(DAYS))
    assert jobs.left_behind() == []
