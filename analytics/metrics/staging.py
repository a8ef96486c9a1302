"""Rows of an import in tables that live as long as the transaction; everything after is done on sets."""
# ruff: noqa: S608  # names of our own tables and whole numbers; values travel as parameters

from typing import Any, BinaryIO

from django.db import connection

from analytics.metrics.batch import POSTS, ROWS, Batch

CHUNK = 1 << 20
MANY = 200  # from here on it pays to tell the planner how many posts there are
KEY = "post_id, metric, segment, grain, period_start, period_end"


def run_sql(sql: str, *params: Any) -> list[tuple[Any, ...]]:
    """Execute and fetch what there is. `sql` is ours alone; values travel as parameters, or as one dict of them."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params[0] if params and isinstance(params[0], dict) else params or None)
        return cursor.fetchall() if cursor.description else []


def make_table(name: str, query: str, params: dict[str, Any] | None = None) -> int:
    """A temporary table out of a query, in place of an earlier one; answer how many rows it has."""
    run_sql(f"DROP TABLE IF EXISTS {name}")
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {name} ON COMMIT DROP AS {query}", params)
        return int(cursor.rowcount)


def as_set(rows: str) -> str:
    """The query for the numbers (`id`) of some rows as one set. Stretches first: a million single ones merge slowly."""
    return f"""
        SELECT range_agg(int8range(first, last + 1)) FROM (
            SELECT min(id) AS first, max(id) AS last FROM (
                SELECT id, id - dense_rank() OVER (ORDER BY id) AS stretch FROM {rows}
            ) numbered GROUP BY stretch
        ) stretches
        """


def lock(account_id: int) -> None:
    """One change of an account's figures at a time; the next one waits for the end of the transaction."""
    run_sql("SELECT pg_advisory_xact_lock(hashtext('analytics.readings'), %s)", account_id % 2**31)


def load_posts(batch: Batch) -> None:
    """COPY the posts of the file into a temporary table."""
    run_sql(
        """
        DROP TABLE IF EXISTS staged_posts;
        CREATE TEMPORARY TABLE staged_posts (
            place integer, scheme text, number text, url text, published_at timestamptz, precision text,
            created_on date, title text, kind text, made_at timestamptz,
            post_id bigint, leader integer,
            is_known boolean NOT NULL DEFAULT false, is_new boolean NOT NULL DEFAULT false
        ) ON COMMIT DROP;
        """
    )
    if batch.names_posts:
        with batch.posts.open("rb") as file:
            count = copy_in("staged_posts", POSTS, file)
        if count > MANY:
            run_sql("ANALYZE staged_posts")


def load_rows(batch: Batch) -> int:
    """COPY the figures of the file into a temporary table; answer how many there are."""
    run_sql(
        """
        SET LOCAL work_mem = '96MB';
        DROP TABLE IF EXISTS staged_rows;
        CREATE TEMPORARY TABLE staged_rows (
            post integer, metric smallint, segment smallint, grain smallint, period_start date, period_end date,
            value bigint, cell text
        ) ON COMMIT DROP;
        """
    )
    with batch.rows.open("rb") as file:
        return copy_in("staged_rows", ROWS, file)


def with_post_ids(batch: Batch, table: str = "staged_rows") -> str:
    """The query for the figures with the numbers of their posts; posts that are not stored yet have negative ones."""
    # Without posts the join is left out: it would be asked for each of a million rows.
    post_id, join = (
        ("p.post_id", "LEFT JOIN staged_posts p ON p.place = r.post") if batch.names_posts else ("NULL::bigint", "")
    )
    return f"SELECT r.*, r.ctid AS place, {post_id} AS post_id FROM {table} r {join}"


def has_repeats(rows: int) -> bool:
    """Whether some line says a figure again that another line says."""
    key = KEY.replace("post_id", "post")
    return bool(run_sql(f"SELECT count(*) FROM (SELECT FROM staged_rows GROUP BY {key}) figures")[0][0] < rows)


def copy_in(table: str, columns: tuple[str, ...], file: BinaryIO) -> int:
    """COPY from where the file stands to its end; answer how many rows there were."""
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
            while chunk := file.read(CHUNK):
                copy.write(chunk)
        return int(cursor.rowcount)
