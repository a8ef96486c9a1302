"""What benchmarks of imports share: tables of readings, a run from the upload to its end, and the bare COPY."""

import random
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.files import File
from django.db import connection, transaction

from analytics.imports import jobs, services
from analytics.imports.models import ImportRun, RunState
from analytics.metrics import services as metrics
from bench.harness import seconds
from core.people.models import User
from programs.membership.models import Program

WORDS = ("impressions", "engagements", "reactions", "comments", "reposts", "saves", "sends", "clicks")
SEGMENTS = ("", "organic", "sponsored")
KEY = "program_id, account_id, post_id, metric, segment, grain, period_start, period_end"
KEYS = f"PRIMARY KEY (id), ADD UNIQUE NULLS NOT DISTINCT ({KEY})"
COLUMNS = f"id, {KEY}, value, as_of, run_id, cell"


def upload(program: Program, user: User, path: Path) -> ImportRun:
    """What the request does."""
    with path.open("rb") as source:
        file: Any = File(source, path.name)
        file.size = path.stat().st_size
        return services.start_import(program, file, by=user, whose="company")


def work(run: ImportRun, user: User) -> float:
    """The seconds a worker takes for both of its jobs; in between somebody looks at the preview and says yes."""
    reading = seconds(lambda: jobs.read(run.pk))
    run.refresh_from_db()
    assert run.state == RunState.PREVIEW, run.message
    services.apply_run(run, by=user)
    applying = seconds(lambda: jobs.apply(run.pk))
    run.refresh_from_db()
    assert run.state == RunState.APPLIED
    return reading + applying


def empty(run: ImportRun) -> None:
    """Every round begins with an empty account, as the limit does with an empty table."""
    metrics.forget_account(run.account)
    ImportRun.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE analytics_reading, analytics_readingversion")


def write_table(path: Path, most: int, *, days: int = 3_650) -> int:
    """So many days of the account, and days of posts until there are so many rows."""
    rng, rows, start = random.Random(1), 0, date(2016, 1, 1)
    with path.open("w") as file:
        file.write("date,post_url,metric,segment,value\n")
        for day in range(days):
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


def write_bare(path: Path, run: ImportRun) -> None:
    """The very rows that the import stored, in the order of the file."""
    with connection.cursor() as cursor, path.open("wb") as target:
        query = f"SELECT {COLUMNS} FROM analytics_reading WHERE run_id = {run.pk} ORDER BY id"
        with cursor.copy(f"COPY ({query}) TO STDOUT") as rows:
            for chunk in rows:
                target.write(chunk)


def copy(path: Path, *, keys: str = f"UNIQUE NULLS NOT DISTINCT ({KEY})") -> float:
    """The limit: one bare, durable COPY into a table with the same UNIQUE constraint, or with all `KEYS`."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bare; CREATE TABLE bare (LIKE analytics_reading)")
        cursor.execute(f"ALTER TABLE bare ADD {keys}")
        began = time.perf_counter()
        _copy_in(cursor, "bare", path)
        took = time.perf_counter() - began
        cursor.execute("DROP TABLE bare")
    return took


class BareChange:
    """The limit of an import that changes figures: a durable COPY of its rows, one INSERT of what those that differ
    said before, one UPDATE. The tables have the keys of the real ones, and the rows know the number of what they meet.
    """

    def __init__(self, path: Path) -> None:
        self.lines = path.read_text().splitlines()
        self.path = path.with_suffix(".changed")
        with connection.cursor() as cursor:
            cursor.execute(
                f"""
                CREATE TABLE bare_stock (LIKE analytics_reading, PRIMARY KEY (id), UNIQUE NULLS NOT DISTINCT ({KEY}));
                CREATE TABLE bare_past (LIKE analytics_readingversion INCLUDING ALL);
                CREATE TEMPORARY TABLE bare_rows (LIKE analytics_reading)
                """
            )
            _copy_in(cursor, "bare_stock", path)
            cursor.execute("ANALYZE bare_stock")

    def __call__(self, dice: random.Random, share: float) -> float:
        """Seconds for the same rows in another order, of which so many differ."""
        dice.shuffle(self.lines)
        for number in range(int(len(self.lines) * share)):
            *before, _value, as_of, run, cell = self.lines[number].split("\t")
            self.lines[number] = "\t".join((*before, str(dice.randrange(100_000, 200_000)), as_of, run, cell))
        self.path.write_text("\n".join(self.lines) + "\n")
        began = time.perf_counter()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("TRUNCATE bare_rows")
            _copy_in(cursor, "bare_rows", self.path)
            cursor.execute(
                """
                INSERT INTO bare_past (account_id, reading_id, run_id, as_of, value, cell)
                SELECT b.account_id, b.id, b.run_id, b.as_of, b.value, b.cell
                FROM bare_stock b JOIN bare_rows r USING (id) WHERE b.value <> r.value
                """
            )
            cursor.execute(
                """
                UPDATE bare_stock b SET value = r.value, as_of = r.as_of, run_id = r.run_id, cell = r.cell
                FROM bare_rows r WHERE r.id = b.id AND b.value <> r.value
                """
            )
        return time.perf_counter() - began


def _copy_in(cursor: Any, table: str, path: Path) -> None:
    with path.open("rb") as source, cursor.copy(f"COPY {table} ({COLUMNS}) FROM STDIN") as target:
        while chunk := source.read(1 << 20):
            target.write(chunk)
