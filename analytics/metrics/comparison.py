"""What the comparison of a large import with the store found, kept for applying it: then nothing is compared again.

It holds as long as no other import of the account was applied or taken back, which `Edition` tells. Rows that only
say what stands already are in it as a set of numbers.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

from analytics.metrics.batch import ROWS, Batch
from analytics.metrics.meeting import MET, SAME, met_from
from analytics.metrics.staging import as_set, copy_in, run_sql

FIRST_LINE = 1 << 28
COLUMNS = ("kind", "id", "old", *ROWS)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Counts by kind, lines that say a figure again, the readings that stay as they are, and where the rows stand."""

    counts: tuple[int, int, int, int]
    repeats: int
    same: str  # of `int8multirange`
    rows: str = MET


def edition_of(account_id: int) -> int:
    rows = run_sql("SELECT number FROM analytics_edition WHERE account_id = %s", account_id)
    return rows[0][0] if rows else 0


def next_edition(account_id: int) -> None:
    """Called within every transaction that changes an account's figures."""
    run_sql(
        "INSERT INTO analytics_edition (account_id, number) VALUES (%s, 1)"
        " ON CONFLICT (account_id) DO UPDATE SET number = analytics_edition.number + 1",
        account_id,
    )


def same_readings() -> str:
    """The readings that the rows of `met` say again."""
    return str(run_sql(f"SELECT coalesce(({as_set(f'met WHERE kind = {SAME}')}), '{{}}')::text")[0][0])


def keep(path: Path, edition: int, found: Comparison) -> None:
    """Write down what was found, and the rows of `met` that say something else than what stands."""
    head = {"edition": edition, "counts": found.counts, "repeats": found.repeats, "same": found.same}
    columns = ", ".join(COLUMNS)
    query = f"COPY (SELECT {columns} FROM met WHERE kind <> {SAME}) TO STDOUT"  # noqa: S608  # names of ours
    with path.open("wb") as target, connection.cursor() as cursor, cursor.copy(query) as rows:
        target.write(json.dumps(head).encode() + b"\n")
        for row in rows:
            target.write(row)


def take_up(batch: Batch) -> Comparison | None:
    """Make `met` from what was written down, if it still holds."""
    if batch.compared is None or not batch.compared.exists():
        return None
    with batch.compared.open("rb") as source:
        head = json.loads(source.readline(FIRST_LINE))
        if head["edition"] != edition_of(batch.account_id):
            return None
        run_sql(
            """
            DROP TABLE IF EXISTS compared;
            CREATE TEMPORARY TABLE compared (
                kind smallint, id bigint, old bigint, post integer, metric smallint, segment smallint, grain smallint,
                period_start date, period_end date, value bigint, cell text
            ) ON COMMIT DROP
            """
        )
        copy_in("compared", COLUMNS, source)
    met_from(batch, "compared")
    return Comparison(tuple(head["counts"]), head["repeats"], head["same"])
