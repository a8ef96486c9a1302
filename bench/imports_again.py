"""Figures into an account that holds them: all the same, in another order, half of them changed. The clock runs from
when the file is read to when everything is stored for good: comparing, keeping what that found, applying it. In turns
with a durable COPY of the same rows; where half of them change, with a COPY that updates as many and keeps what they
said. A small account at last, alone and beside two million rows of others."""

import gc
import random
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.db import connection

from analytics.imports import jobs, services
from analytics.imports.models import ImportRun, RunState
from analytics.metrics.services import forget_account
from bench.harness import Report, seconds
from bench.import_runs import BareChange, copy, upload, work, write_bare, write_table
from core.people.models import User
from programs.membership.models import Program

NAME = "imports_again"
ROWS, ROUNDS, TARGET, TARGET_CHANGED = 200_000, 7, 0.50, 0.35
SMALL, SMALL_DAYS, FLAT = 2_000, 40, 1.5
OTHERS = 2_000_000


def run(report: Report) -> None:
    settings.UPLOAD_LIMIT = 500 * 1024 * 1024
    gc.collect()
    gc.freeze()  # as a worker does when it starts
    user = User.objects.create_user("bench@example.com")
    large, small = (
        Program.objects.create(name=name, slug=name, company_name="Bench", start_on=date(2026, 1, 1))
        for name in ("large", "small")
    )
    with TemporaryDirectory() as folder:
        table, few = Path(folder) / "readings.csv", Path(folder) / "few.csv"
        bare, bare_few = Path(folder) / "bare.tsv", Path(folder) / "few.tsv"
        write_table(few, SMALL, days=SMALL_DAYS)
        write_bare(bare_few, _first(small, user, few))
        rows = write_table(table, ROWS)
        write_bare(bare, _first(large, user, table))
        for name, is_shuffled in (("unchanged", False), ("unchanged and shuffled", True)):
            ours, bounds = [], []
            for number in range(ROUNDS):
                other = _other(table, random.Random(f"{name} {number}"), 0, is_shuffled=is_shuffled)
                ours.append(rows / _stored_again(large, user, other))
                bounds.append(rows / copy(bare))
            line = f"{rows:,} readings again, {name}"
            report.line(line, ours, "rows/s", bounds, TARGET, better="higher", in_turns=True)
        _half(report, large, user, table, BareChange(bare), rows)
        alone = _small(small, user, few, bare_few)
        _fill()
        many = _small(small, user, few, bare_few)
        report.line(f"a small account again, beside {OTHERS:,} rows of others", many, "of COPY", alone, FLAT)


def _first(program: Program, user: User, table: Path) -> ImportRun:
    run = upload(program, user, table)
    work(run, user)
    return run


def _half(report: Report, program: Program, user: User, table: Path, bare: BareChange, rows: int) -> None:
    """In an account with one import before, so that as much is kept of each figure as in the limit."""
    run = ImportRun.objects.filter(program=program).latest("pk")
    forget_account(run.account)
    _first(program, user, _other(table, random.Random("first"), 0, is_shuffled=False))
    ours, bounds = [], []
    for number in range(ROUNDS):
        dice = random.Random(f"half {number}")
        ours.append(rows / _stored_again(program, user, _other(table, dice, 0.5, is_shuffled=True)))
        bounds.append(rows / bare(dice, 0.5))
    name = f"{rows:,} readings again, half changed"
    report.line(name, ours, "rows/s", bounds, TARGET_CHANGED, better="higher", in_turns=True)


def _small(program: Program, user: User, table: Path, bare: Path) -> list[float]:
    """Times a COPY of the same rows, side by side with it."""
    found = []
    for _ in range(2 * ROUNDS):
        other = _other(table, random.Random(), 0.5, is_shuffled=True)
        found.append(_stored_again(program, user, other) / copy(bare))
    return found


def _stored_again(program: Program, user: User, table: Path) -> float:
    """Seconds from the file that was read to the last figure that is stored for good."""
    took: list[float] = []
    understood = jobs._understood

    def timed(*parts: Any) -> None:
        took.append(seconds(partial(understood, *parts)))

    run = upload(program, user, table)
    jobs._understood = timed
    try:
        jobs.read(run.pk)
    finally:
        jobs._understood = understood
    run.refresh_from_db()
    assert run.state == RunState.PREVIEW, run.message
    services.apply_run(run, by=user)
    took.append(seconds(lambda: jobs.apply(run.pk)))
    run.refresh_from_db()
    assert run.state == RunState.APPLIED
    return sum(took)


def _other(table: Path, dice: random.Random, share: float, *, is_shuffled: bool) -> Path:
    """The same lines, of which so many have another value; one differs always, else the file would be known."""
    head, *lines = table.read_text().splitlines()
    if is_shuffled:
        dice.shuffle(lines)
    for number in range(max(1, int(len(lines) * share))):
        lines[number] = f"{lines[number].rpartition(',')[0]},{dice.randrange(100_000, 200_000)}"
    other = table.with_name("other.csv")
    other.write_text("\n".join([head, *lines]) + "\n")
    return other


def _fill() -> None:
    """Readings of other accounts of other programs."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO analytics_reading
                (program_id, account_id, metric, segment, grain, period_start, period_end, value, as_of, run_id, cell)
            SELECT 1000 + n / 100000, 1000 + n / 20000, 1 + n %% 10, 0, 1, date '2020-01-01' + n %% 20000 / 10,
                   date '2020-01-02' + n %% 20000 / 10, n, now(), 1, '' FROM generate_series(0, %s) n
            """,
            [OTHERS - 1],
        )
        cursor.execute("ANALYZE analytics_reading")
