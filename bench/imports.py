"""The real company export end to end against its reading library alone; a million readings end to end against COPY;
the same figures again, and half of them changed, into an account that holds them, against COPY as well."""

import gc
import random
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.files import File
from django.db import connection

from analytics.imports import jobs, services
from analytics.imports.models import ImportRun, RunState
from analytics.metrics import services as metrics
from bench.harness import seconds
from core.people.models import User
from programs.membership.models import Program

NAME = "imports"
EXPORT = Path(__file__).parents[1] / "tests/samples/linkedin_company_ghe/linkedin-content.anonymised.xls"
ROWS, ROUNDS, TARGET_READ, TARGET_ROWS = 1_000_000, 9, 3, 0.12
ROUNDS_OF_ROWS = 5
ROWS_AGAIN, TARGET_AGAIN = 200_000, 0.50
WORDS = ("impressions", "engagements", "reactions", "comments", "reposts", "saves", "sends", "clicks")
SEGMENTS = ("", "organic", "sponsored")
READER = """
import sys, python_calamine
book = python_calamine.CalamineWorkbook.from_path(sys.argv[1])
sheets = [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names]
"""


def run(report: Any) -> None:
    settings.UPLOAD_LIMIT = 500 * 1024 * 1024
    gc.collect()
    gc.freeze()  # as a worker does when it starts
    program = Program.objects.create(name="Bench", slug="bench", company_name="Bench", start_on=date(2026, 1, 1))
    user = User.objects.create_user("bench@example.com")
    _company_export(report, program, user)
    _million(report, program, user)
    _again(report, program, user)


def _company_export(report: Any, program: Program, user: User) -> None:
    """The file lies in storage; when the clock stops its figures are stored for good. The library in a fresh process.

    What lies between is the worker's: guards, reading in a process of its own, preview, applying, week totals, journal.
    """
    ours, bounds = [], []
    for number in range(ROUNDS + 2):
        run = _upload(program, user, EXPORT)
        took = _work(run, user)
        assert run.rows_new > 5_000
        command = [sys.executable, "-I", "-c", READER, str(EXPORT)]
        limit = seconds(lambda command=command: subprocess.run(command, check=True))
        if number > 1:  # the first rounds warm both up
            ours.append(took)
            bounds.append(limit)
        _empty(run)
    report.line("import of a real company export, end to end", ours, "s", bounds, TARGET_READ)


def _million(report: Any, program: Program, user: User) -> None:
    with TemporaryDirectory() as folder:
        table, bare = Path(folder) / "readings.csv", Path(folder) / "bare.tsv"
        rows = _write_table(table, ROWS)
        ours, bounds = [], []
        for _ in range(ROUNDS_OF_ROWS):
            run = _upload(program, user, table)
            ours.append(rows / _work(run, user))
            assert run.rows_new == rows
            if not bare.exists():
                _write_bare(bare, run)
            bounds.append(rows / _copy(bare))
            _empty(run)
    report.line(f"import of {rows:,} readings, end to end", ours, "rows/s", bounds, TARGET_ROWS, better="higher")


def _again(report: Any, program: Program, user: User) -> None:
    """What comparing and storing take, once the file is read: each file in an order of its own."""
    with TemporaryDirectory() as folder:
        table, other, bare = (Path(folder) / name for name in ("readings.csv", "again.csv", "bare.tsv"))
        rows = _write_table(table, ROWS_AGAIN)
        run = _upload(program, user, table)
        _work(run, user)
        _write_bare(bare, run)
        for name, share in (("unchanged", 0.0), ("half changed", 0.5)):
            ours, bounds = [], []
            for number in range(ROUNDS_OF_ROWS):
                _write_other(table, other, random.Random(f"{name} {number}"), share)
                ours.append(rows / _work_in_parts(_upload(program, user, other), user)[1])
                bounds.append(rows / _copy(bare))
            report.line(
                f"storing {rows:,} readings again, {name}", ours, "rows/s", bounds, TARGET_AGAIN, better="higher"
            )


def _write_other(path: Path, other: Path, dice: random.Random, share: float) -> None:
    """The same lines shuffled, of which so many have another value."""
    head, *lines = path.read_text().splitlines()
    dice.shuffle(lines)
    for number in range(int(len(lines) * share)):
        lines[number] = f"{lines[number].rpartition(',')[0]},{dice.randrange(100_000, 200_000)}"
    other.write_text("\n".join([head, *lines]) + "\n")


def _upload(program: Program, user: User, path: Path) -> ImportRun:
    """What the request does."""
    with path.open("rb") as source:
        upload: Any = File(source, path.name)
        upload.size = path.stat().st_size
        return services.start_import(program, upload, by=user, whose="company")


def _work(run: ImportRun, user: User) -> float:
    """The seconds a worker takes for both of its jobs."""
    return sum(_work_in_parts(run, user))


def _work_in_parts(run: ImportRun, user: User) -> tuple[float, float]:
    """Reading and applying; in between somebody looks at the preview and says yes."""
    reading = seconds(lambda: jobs.read(run.pk))
    run.refresh_from_db()
    assert run.state == RunState.PREVIEW, run.message
    services.apply_run(run, by=user)
    applying = seconds(lambda: jobs.apply(run.pk))
    run.refresh_from_db()
    assert run.state == RunState.APPLIED
    return reading, applying


def _empty(run: ImportRun) -> None:
    """Every round begins with an empty account, as the limit does with an empty table."""
    metrics.forget_account(run.account)
    ImportRun.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE analytics_reading, analytics_readingversion")


def _write_table(path: Path, most: int) -> int:
    """A quarter are the account's days, the rest the days of posts."""
    rng, rows, start = random.Random(1), 0, date(2016, 1, 1)
    with path.open("w") as file:
        file.write("date,post_url,metric,segment,value\n")
        for day in range(3_650):
            on = start + timedelta(days=day)
            for word in WORDS:
                for segment in SEGMENTS:
                    file.write(f"{on},,{word},{segment},{rng.randrange(100_000)}\n")
                    rows += 1
        post = 0
        while rows < most:
            published = datetime(2016, 1, 1, 9, tzinfo=UTC) + timedelta(days=2 * post)
            number = int(published.timestamp() * 1000) << 22
            url = f"https://www.linkedin.com/feed/update/urn:li:activity:{number}"
            for day in range(60):
                on = published.date() + timedelta(days=day)
                for word in WORDS:
                    file.write(f"{on},{url},{word},,{rng.randrange(100_000)}\n")
                    rows += 1
            post += 1
    return rows


COLUMNS = (
    "id, program_id, account_id, post_id, metric, segment, grain, period_start, period_end, value, as_of, run_id, cell"
)


def _write_bare(path: Path, run: ImportRun) -> None:
    """The very rows the import stored, in the order of the file."""
    with connection.cursor() as cursor, path.open("wb") as target:
        query = f"SELECT {COLUMNS} FROM analytics_reading WHERE run_id = {run.pk} ORDER BY cell::int"
        with cursor.copy(f"COPY ({query}) TO STDOUT") as rows:
            for chunk in rows:
                target.write(chunk)


def _copy(path: Path) -> float:
    """The limit: one bare, durable COPY into a table with the same UNIQUE constraint."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bare; CREATE TABLE bare (LIKE analytics_reading)")
        cursor.execute(
            "ALTER TABLE bare ADD UNIQUE NULLS NOT DISTINCT"
            " (program_id, account_id, post_id, metric, segment, grain, period_start, period_end)"
        )
        began = time.perf_counter()
        with path.open("rb") as source, cursor.copy(f"COPY bare ({COLUMNS}) FROM STDIN") as copy:
            while chunk := source.read(1 << 20):
                copy.write(chunk)
        took = time.perf_counter() - began
        cursor.execute("DROP TABLE bare")
    return took
