"""Rows of an import in tables that live as long as the transaction; everything after is done on sets."""
# ruff: noqa: S608  # names of our own tables and whole numbers; values travel as parameters

from typing import Any

from django.db import connection
from django.db.models import Model

from analytics.metrics.batch import Batch, Number
from analytics.metrics.models import Grain, Metric, Segment

CHUNK = 1 << 20
MANY = 20_000  # from here on it pays to tell the planner how many rows there are
METRICS = ", ".join(f"('{metric.name.lower()}', {metric.value}::smallint)" for metric in Metric)
SEGMENTS = ", ".join(
    f"('{'' if segment is Segment.ALL else segment.name.lower()}', {segment.value}::smallint)" for segment in Segment
)
KEY = "post_id, metric, segment, grain, period_start, period_end"


def run_sql(sql: str, *params: Any) -> list[tuple]:
    """Execute and fetch what there is. `sql` is ours alone; values travel as parameters, or as one dict of them."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params[0] if params and isinstance(params[0], dict) else params or None)
        return cursor.fetchall() if cursor.description else []


def count_sql(sql: str, *params: Any) -> int:
    """How many rows a change touched."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params or None)
        return cursor.rowcount


def next_ids(model: type[Model], count: int) -> list[int]:
    """Numbers for rows that are about to be inserted."""
    sql = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
    return [number for (number,) in run_sql(sql, model._meta.db_table, count)]


def insert(*tables: tuple[type[Model], dict[str, list]]) -> None:
    """New rows, given column by column, all in one statement. A row that is there already stays as it is."""
    parts: list[str] = []
    values: list[list] = []
    for model, columns in tables:
        fields = {field.column: field for field in model._meta.local_concrete_fields}
        types = [f"%s::{(fields[name].cast_db_type(connection) or '').split('(')[0]}[]" for name in columns]
        parts.append(
            f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) SELECT * FROM unnest({', '.join(types)})"
            " ON CONFLICT DO NOTHING"
        )
        values += columns.values()
    *first, last = parts
    named = ", ".join(f"part_{number} AS ({part})" for number, part in enumerate(first))
    run_sql(f"WITH {named} {last}" if first else last, *values)


def lock(account_id: int) -> None:
    """One change of an account's figures at a time; the next one waits for the end of the transaction."""
    run_sql("SELECT pg_advisory_xact_lock(hashtext('analytics.readings'), %s)", account_id % 2**31)


def load(batch: Batch) -> int:
    """COPY the rows into a temporary table; answer how many there are."""
    run_sql(
        """
        SET LOCAL work_mem = '96MB';
        DROP TABLE IF EXISTS staged_rows, staged_posts CASCADE;
        CREATE TEMPORARY TABLE staged_rows (
            line integer, day date, account text, scheme text, number text, url text, metric text, segment text,
            value bigint, grain smallint, period_end date, cell text
        ) ON COMMIT DROP;
        CREATE TEMPORARY TABLE staged_posts (scheme text, number text, post_id bigint) ON COMMIT DROP;
        """
    )
    with connection.cursor() as cursor:
        columns = ", ".join(batch.columns)
        with batch.rows.open("rb") as file, cursor.copy(f"COPY staged_rows ({columns}) FROM STDIN") as copy:
            while chunk := file.read(CHUNK):
                copy.write(chunk)
        rows = cursor.rowcount
    if rows > MANY:
        run_sql("ANALYZE staged_rows")
    return rows


def load_coded(lines: list[str]) -> None:
    """Rows that need no translation (`batch.CODED`, tied to their posts) are staged as they are."""
    run_sql(
        """
        DROP TABLE IF EXISTS staged_rows, staged_posts CASCADE;
        CREATE TEMPORARY TABLE staged_rows (
            post_id bigint, metric smallint, segment smallint, grain smallint, period_start date, period_end date,
            value bigint, cell text
        ) ON COMMIT DROP;
        CREATE TEMPORARY VIEW staged AS SELECT *, ctid AS place FROM staged_rows
        """
    )
    with connection.cursor() as cursor, cursor.copy("COPY staged_rows FROM STDIN") as copy:
        copy.write("\n".join(lines))
    run_sql("ANALYZE staged_rows")


def posts_named() -> list[tuple[Number, str]]:
    """The numbers of posts the rows speak of, each with an address."""
    rows = run_sql(
        "SELECT scheme, number, max(coalesce(url, '')) FROM staged_rows"
        " WHERE scheme IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2"
    )
    return [((scheme, number), url) for scheme, number, url in rows]


def accounts_named() -> list[str]:
    """At most two different accounts the rows speak of: one file, one account."""
    low, high = run_sql("SELECT min(account), max(account) FROM staged_rows")[0]
    return sorted({name for name in (low, high) if name is not None})


def resolve(posts: dict[Number, int], named: list[tuple[Number, str]]) -> None:
    """Tie the rows to their posts; posts that are not stored yet have negative numbers."""
    numbers = {number: posts[number] for number, _ in named}
    _fill("staged_posts", [(*number, post) for number, post in numbers.items()])
    if len(numbers) > MANY // 100:
        run_sql("ANALYZE staged_posts")
    # Without posts the join is left out: it would be asked for each of a million rows.
    post_id, join = (
        ("p.post_id", "LEFT JOIN staged_posts p USING (scheme, number)") if numbers else ("NULL::bigint", "")
    )
    run_sql(
        f"""
        CREATE TEMPORARY VIEW staged AS
        SELECT {post_id} AS post_id, m.code AS metric, s.code AS segment, coalesce(r.grain, {Grain.DAY}) AS grain,
               r.day AS period_start, coalesce(r.period_end, r.day + 1) AS period_end, r.value,
               coalesce(r.cell, r.line::text, '') AS cell, r.ctid AS place
        FROM staged_rows r
        JOIN (VALUES {METRICS}) m (name, code) ON m.name = r.metric
        JOIN (VALUES {SEGMENTS}) s (name, code) ON s.name = r.segment
        {join}
        """
    )


def drop_repeats() -> int:
    """A figure that is said twice counts as it is said last. Answer how many lines were left out."""
    return count_sql(
        f"""
        DELETE FROM staged_rows WHERE ctid IN (
            SELECT place FROM (
                SELECT place, row_number() OVER (PARTITION BY {KEY} ORDER BY place DESC) AS nth FROM staged
            ) s WHERE nth > 1
        )
        """
    )


def has_repeats() -> bool:
    distinct, rows = run_sql(f"SELECT count(*), sum(n) FROM (SELECT count(*) AS n FROM staged GROUP BY {KEY}) g")[0]
    return bool(rows and distinct != rows)


def _fill(table: str, rows: list[tuple]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
