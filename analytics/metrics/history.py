"""What each applied import said about each reading, so that any of them can be taken back exactly, in any order.

Of a reading that three imports agree on, the first holds it and the others have it in their `Echo`. Whoever says
something else has a `ReadingVersion`. When the standing value changes, echoes of the old one become versions of it.
"""
# ruff: noqa: S608  # names of our own tables and whole numbers; values travel as parameters

from typing import Any

from django.db import connection

from analytics.metrics.batch import Batch
from analytics.metrics.comparison import Comparison
from analytics.metrics.meeting import CHANGED, NEW, OLDER, SAME
from analytics.metrics.staging import KEY, as_set, make_table, run_sql

VERSION = "INSERT INTO analytics_readingversion (account_id, reading_id, run_id, as_of, value, cell)"
#: The echoes of the readings of a table, one row per import and reading.
ECHOES = """
    SELECT generate_series(lower(part), upper(part) - 1) AS id, e.run_id, e.as_of
    FROM analytics_echo e, unnest(e.readings * ({ids})) part WHERE e.account_id = %(account)s
    """


def add(batch: Batch, found: Comparison) -> None:
    """The rows that were compared go where they belong; where the import is the newest, its value stands."""
    where: dict[str, Any] = {
        "program": batch.program_id,
        "account": batch.account_id,
        "run": batch.run_id,
        "as_of": batch.as_of,
        "same": found.same,
    }
    if found.counts[CHANGED]:
        _change(where)
    if found.counts[OLDER]:
        _do(f"{VERSION} SELECT %(account)s, id, %(run)s, %(as_of)s, value, cell FROM met WHERE kind = {OLDER}", where)
    if found.counts[SAME]:
        _do(
            """
            INSERT INTO analytics_echo (account_id, run_id, as_of, readings)
            VALUES (%(account)s, %(run)s, %(as_of)s, %(same)s::int8multirange)
            """,
            where,
        )
    if found.counts[NEW]:
        _do(
            f"""
            INSERT INTO analytics_reading (program_id, account_id, {KEY}, value, as_of, run_id, cell)
            SELECT %(program)s, %(account)s, {KEY}, value, %(as_of)s, %(run)s, cell
            FROM {found.rows} WHERE kind = {NEW} ORDER BY {KEY}  -- in the order of the unique index: twice as fast
            """,
            where,
        )


def _change(where: dict[str, Any]) -> None:
    # In the order in which the readings lie: each page is touched once.
    make_table("changed", f"SELECT id, old, value, cell FROM met WHERE kind = {CHANGED} ORDER BY id")
    _part_with_echoes("changed", where)
    _do(
        f"""
        {VERSION} SELECT r.account_id, r.id, r.run_id, r.as_of, r.value, r.cell
        FROM changed c JOIN analytics_reading r ON r.id = c.id
        """,
        where,
    )
    _do(
        """
        UPDATE analytics_reading r SET value = c.value, cell = c.cell, run_id = %(run)s, as_of = %(as_of)s
        FROM changed c WHERE c.id = r.id
        """,
        where,
    )


def take_back(program_id: int, account_id: int, run_id: int) -> None:
    """The newest of what is left moves up: where the run's value stood, and where the run had outvoted it.

    The readings that were looked at are left in the temporary table `touched`.
    """
    where = {"program": program_id, "account": account_id, "run": run_id}
    run_sql("SET LOCAL work_mem = '96MB'")
    _do("DELETE FROM analytics_readingversion WHERE account_id = %(account)s AND run_id = %(run)s", where)
    _do("DELETE FROM analytics_echo WHERE account_id = %(account)s AND run_id = %(run)s", where)
    make_table("touched", TOUCHED, where)
    make_table("next", NEXT.format(echoes=ECHOES.format(ids=as_set("touched"))), where)
    make_table("parted", "SELECT id, old FROM next WHERE value <> old")
    _part_with_echoes("parted", where)
    _do(
        """
        UPDATE analytics_echo e SET readings = e.readings - n.ids
        FROM (SELECT run_id, range_agg(int8range(id, id + 1)) AS ids FROM next WHERE version IS NULL GROUP BY 1) n
        WHERE e.account_id = %(account)s AND e.run_id = n.run_id
        """,
        where,
    )
    _do("DELETE FROM analytics_readingversion v USING next n WHERE v.id = n.version", where)
    _do(
        f"""
        {VERSION} SELECT r.account_id, r.id, r.run_id, r.as_of, r.value, r.cell
        FROM next n JOIN analytics_reading r ON r.id = n.id WHERE NOT n.held
        """,
        where,
    )
    _do(
        """
        UPDATE analytics_reading r SET value = n.value, cell = n.cell, run_id = n.run_id, as_of = n.as_of
        FROM next n WHERE r.id = n.id
        """,
        where,
    )
    _do(
        """
        DELETE FROM analytics_reading r USING touched t LEFT JOIN next n ON n.id = t.id
        WHERE r.id = t.id AND t.held AND n.id IS NULL
        """,
        where,
    )
    _forget_empty(where)


#: Readings whose value may change: the run's own, and those of which a version is newer than what stands.
TOUCHED = """
    SELECT r.*, r.run_id = %(run)s AS held FROM analytics_reading r
    LEFT JOIN (
        SELECT DISTINCT ON (reading_id) reading_id, as_of, run_id FROM analytics_readingversion
        WHERE account_id = %(account)s ORDER BY reading_id, as_of DESC, run_id DESC
    ) v ON v.reading_id = r.id
    WHERE r.program_id = %(program)s AND r.account_id = %(account)s
      AND (r.run_id = %(run)s OR (v.as_of, v.run_id) > (r.as_of, r.run_id))
    """
#: What moves up: the newest word, be it a version or an echo. Of a reading that stays as it is there is no row.
NEXT = """
    SELECT * FROM (
        SELECT DISTINCT ON (t.id) t.id, t.held, t.value AS old, (w.as_of, w.run_id) > (t.as_of, t.run_id) AS is_newer,
               w.version, w.value, w.cell, w.run_id, w.as_of
        FROM touched t JOIN (
            SELECT reading_id, id AS version, value, cell, run_id, as_of FROM analytics_readingversion
            WHERE account_id = %(account)s
            UNION ALL
            SELECT e.id, NULL, t.value, t.cell, e.run_id, e.as_of FROM ({echoes}) e JOIN touched t ON t.id = e.id
        ) w ON w.reading_id = t.id
        ORDER BY t.id, w.as_of DESC, w.run_id DESC
    ) newest WHERE held OR (is_newer AND value <> old)
    """


def forget(account_id: int, undoable: list[int]) -> None:
    """Of what imports said that stand for good only the newest word about each figure is kept."""
    where = {"account": account_id, "undoable": undoable}
    run_sql("SET LOCAL work_mem = '96MB'")
    make_table(
        "old",
        """
        SELECT reading_id AS id, as_of, run_id FROM analytics_readingversion
        WHERE account_id = %(account)s AND NOT run_id = ANY(%(undoable)s::bigint[])
        """,
        where,
    )
    make_table(
        "newest",
        f"""
        SELECT DISTINCT ON (id) id, as_of, run_id FROM (
            SELECT id, as_of, run_id FROM old
            UNION ALL
            SELECT r.id, r.as_of, r.run_id FROM (SELECT DISTINCT id FROM old) o JOIN analytics_reading r ON r.id = o.id
            UNION ALL
            SELECT id, as_of, run_id FROM ({ECHOES.format(ids=as_set("(SELECT DISTINCT id FROM old) old"))}) e
        ) said WHERE NOT run_id = ANY(%(undoable)s::bigint[])
        ORDER BY id, as_of DESC, run_id DESC
        """,
        where,
    )
    _do(
        """
        DELETE FROM analytics_readingversion v USING newest n
        WHERE v.account_id = %(account)s AND v.reading_id = n.id AND NOT v.run_id = ANY(%(undoable)s::bigint[])
          AND (n.as_of, n.run_id) > (v.as_of, v.run_id)
        """,
        where,
    )
    _do(
        """
        UPDATE analytics_echo e SET readings = e.readings - (
            SELECT range_agg(n.readings) FROM analytics_echo n WHERE n.account_id = e.account_id
              AND NOT n.run_id = ANY(%(undoable)s::bigint[]) AND (n.as_of, n.run_id) > (e.as_of, e.run_id))
        WHERE e.account_id = %(account)s AND NOT e.run_id = ANY(%(undoable)s::bigint[]) AND EXISTS (
            SELECT FROM analytics_echo n WHERE n.account_id = e.account_id
              AND NOT n.run_id = ANY(%(undoable)s::bigint[]) AND (n.as_of, n.run_id) > (e.as_of, e.run_id))
        """,
        where,
    )
    _forget_empty(where)


def _part_with_echoes(table: str, where: dict[str, Any]) -> None:
    """The readings in the table change their value: who echoed the old one said it."""
    make_table("parted_ids", f"SELECT ({as_set(table)}) AS ids")
    ids = "SELECT ids FROM parted_ids"
    _do(
        f"""
        {VERSION} SELECT %(account)s, e.id, e.run_id, e.as_of, p.old, ''
        FROM ({ECHOES.format(ids=ids)}) e JOIN {table} p ON p.id = e.id
        """,
        where,
    )
    _do(
        f"""
        UPDATE analytics_echo SET readings = readings - ({ids})
        WHERE account_id = %(account)s AND readings && ({ids})
        """,
        where,
    )
    _forget_empty(where)


def _forget_empty(where: dict[str, Any]) -> None:
    _do("DELETE FROM analytics_echo WHERE account_id = %(account)s AND isempty(readings)", where)


def _do(sql: str, params: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
