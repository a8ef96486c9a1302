"""The store of figures. The newest file wins, whatever the order files come in; any import can be taken back exactly.

An import adds one value per figure. The reading shows the value of the newest import, all others wait in
`ReadingVersion`; so the store always is what the applied imports say together, and nothing depends on their order.
"""
# ruff: noqa: S608  # names of our own tables and whole numbers; values travel as parameters

from typing import Any

from django.db import transaction

from analytics.channels.models import Account
from analytics.metrics import posts as matching
from analytics.metrics import staging, totals
from analytics.metrics.batch import Batch
from analytics.metrics.counts import SAMPLES, Counts, Sample
from analytics.metrics.hooks import figures_changed
from analytics.metrics.models import Post, Reading, ReadingVersion, WeekTotal
from analytics.metrics.staging import count_sql, run_sql

MATCH = """r.metric = s.metric AND r.segment = s.segment AND r.grain = s.grain AND r.period_start = s.period_start
    AND r.period_end = s.period_end AND coalesce(r.post_id, 0) = coalesce(s.post_id, 0)"""

#: What wins changes; what differs and does not win is older than what stands, and stays out.
COUNTED = """SELECT count(*) FILTER (WHERE wins), count(*) FILTER (WHERE value = old),
    count(*) FILTER (WHERE value <> old AND NOT wins) FROM staged_hits"""


@transaction.atomic(savepoint=False)
def diff(batch: Batch) -> Counts:
    """What would change if this were applied now. Nothing is written."""
    meets = _has_figures(batch)
    staging.load(batch)
    matching.match(batch)
    staging.tie(batch)
    repeats = _drop_repeats(batch)
    _meet(batch, meets=meets)
    new = run_sql(f"SELECT count(*) FROM staged s WHERE {_not_stored(batch, meets=meets)}")[0][0]
    changed, unchanged, older = run_sql(COUNTED)[0]
    samples = _samples(batch, meets=meets)
    return Counts(new, changed, unchanged, older, matching.count_new(), repeats, samples)


@transaction.atomic(savepoint=False)
def upsert(batch: Batch) -> Counts:
    """Apply an import. The run's values join those of the other imports; where it is the newest, its value stands."""
    staging.lock(batch.account_id)
    meets = _has_figures(batch)
    staging.load(batch)
    matching.store(batch)
    staging.tie(batch)
    repeats = _drop_repeats(batch)
    changed, unchanged, older, new = _merge(batch, meets=meets)
    weeks = totals.weeks_in("staged") if meets else totals.WHOLE
    totals.refresh(batch.program_id, batch.account_id, weeks)
    figures_changed(batch.program_id)
    return Counts(new, changed, unchanged, older, matching.count_new(), repeats)


def _drop_repeats(batch: Batch) -> int:
    """A line may say a figure again, and two posts of the file may by now be one."""
    may_repeat = (batch.has_repeats and staging.has_repeats()) or (batch.names_posts and matching.some_are_one())
    return staging.drop_repeats() if may_repeat else 0


def _merge(batch: Batch, *, meets: bool) -> tuple[int, int, int, int]:
    """The staged rows go where they belong: changed, unchanged, older (and kept out), new."""
    _meet(batch, meets=meets)
    changed = unchanged = older = 0
    run = (batch.run_id, batch.as_of)
    if meets:
        changed, unchanged, older = run_sql(COUNTED)[0]
        run_sql(
            "INSERT INTO analytics_readingversion (account_id, reading_id, run_id, as_of, value, cell)"
            " SELECT %s, id, run_id, as_of, old, old_cell FROM staged_hits WHERE wins",
            batch.account_id,
        )
        run_sql(
            "UPDATE analytics_reading r SET value = h.value, cell = h.cell, run_id = %s, as_of = %s"
            " FROM staged_hits h WHERE h.id = r.id AND h.wins",
            *run,
        )
        run_sql(
            "INSERT INTO analytics_readingversion (account_id, reading_id, run_id, as_of, value, cell)"
            " SELECT %s, id, %s, %s, value, cell FROM staged_hits WHERE NOT wins",
            batch.account_id,
            *run,
        )
    new = count_sql(
        f"""
        INSERT INTO analytics_reading (program_id, account_id, post_id, metric, segment, grain, period_start,
                                       period_end, value, as_of, run_id, cell)
        SELECT %s, %s, post_id, metric, segment, grain, period_start, period_end, value, %s, %s, left(cell, 60)
        FROM staged s WHERE {_not_stored(batch, meets=meets)}
        ORDER BY post_id, metric, segment, grain, period_start  -- in the order of the unique index: twice as fast
        """,
        batch.program_id,
        batch.account_id,
        batch.as_of,
        batch.run_id,
    )
    return changed, unchanged, older, new


@transaction.atomic
def undo(program_id: int, account_id: int, run_id: int) -> int:
    """Take an import back: the store is as if it had never been applied. Answer how many figures it had a part in."""
    staging.lock(account_id)
    where = {"program": program_id, "account": account_id, "run": run_id}
    run_sql("DROP TABLE IF EXISTS touched, best")
    touched = _named(
        """
        CREATE TEMPORARY TABLE touched ON COMMIT DROP AS
        SELECT r.*, r.run_id = %(run)s AS held FROM analytics_reading r
        WHERE r.program_id = %(program)s AND r.account_id = %(account)s AND (r.run_id = %(run)s OR r.id IN (
            SELECT reading_id FROM analytics_readingversion WHERE account_id = %(account)s AND run_id = %(run)s))
        """,
        where,
    )
    _named("DELETE FROM analytics_readingversion WHERE account_id = %(account)s AND run_id = %(run)s", where)
    # The newest of what is left moves up where the run's value stood, or where it had outvoted an older one.
    _named(
        """
        CREATE TEMPORARY TABLE best ON COMMIT DROP AS
        SELECT b.* FROM (
            SELECT DISTINCT ON (v.reading_id) v.* FROM analytics_readingversion v
            JOIN touched t ON t.id = v.reading_id WHERE v.account_id = %(account)s
            ORDER BY v.reading_id, v.as_of DESC, v.run_id DESC
        ) b JOIN touched t ON t.id = b.reading_id
        WHERE t.held OR ((b.as_of, b.run_id) > (t.as_of, t.run_id) AND b.value <> t.value)
        """,
        where,
    )
    _named("DELETE FROM analytics_readingversion v USING best b WHERE v.id = b.id", where)
    _named(
        """
        INSERT INTO analytics_readingversion (account_id, reading_id, run_id, as_of, value, cell)
        SELECT t.account_id, t.id, t.run_id, t.as_of, t.value, t.cell FROM touched t
        JOIN best b ON b.reading_id = t.id WHERE NOT t.held
        """,
        where,
    )
    _named(
        """
        UPDATE analytics_reading r SET value = b.value, cell = b.cell, run_id = b.run_id, as_of = b.as_of
        FROM best b WHERE r.id = b.reading_id
        """,
        where,
    )
    _named(
        """
        DELETE FROM analytics_reading r USING touched t
        WHERE r.id = t.id AND t.held AND NOT EXISTS (SELECT 1 FROM best b WHERE b.reading_id = t.id)
        """,
        where,
    )
    totals.refresh(program_id, account_id, totals.weeks_in("touched"), may_shrink=True)
    matching.forget_unlisted(account_id, run_id)
    figures_changed(program_id)
    return touched


@transaction.atomic
def forget_account(account: Account) -> None:
    """Delete every figure and post of an account."""
    staging.lock(account.pk)
    for model in (Reading, WeekTotal):
        model.objects.filter(program=account.program_id, account=account).delete()
    ReadingVersion.objects.filter(account=account).delete()
    Post.objects.filter(account=account).delete()
    figures_changed(account.program_id)


@transaction.atomic
def forget_versions(account: Account, undoable: list[int]) -> int:
    """Imports that can no longer be taken back keep one value per figure: the newest of theirs."""
    return _named(
        """
        DELETE FROM analytics_readingversion v
        WHERE v.account_id = %(account)s AND NOT v.run_id = ANY(%(undoable)s::bigint[]) AND (
            EXISTS (SELECT 1 FROM analytics_readingversion w WHERE w.account_id = v.account_id
                    AND w.reading_id = v.reading_id AND NOT w.run_id = ANY(%(undoable)s::bigint[])
                    AND (w.as_of, w.run_id) > (v.as_of, v.run_id))
            OR EXISTS (SELECT 1 FROM analytics_reading r WHERE r.id = v.reading_id
                       AND NOT r.run_id = ANY(%(undoable)s::bigint[]) AND (r.as_of, r.run_id) > (v.as_of, v.run_id)))
        """,
        {"account": account.pk, "undoable": undoable},
    )


def _named(sql: str, params: dict[str, Any]) -> int:
    with staging.connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.rowcount


def _has_figures(batch: Batch) -> bool:
    return Reading.objects.filter(program=batch.program_id, account=batch.account_id).exists()


def _not_stored(batch: Batch, *, meets: bool) -> str:
    """Which staged rows are new. An account without figures needs no comparison."""
    if not meets:
        return "true"
    return (
        f"NOT EXISTS (SELECT 1 FROM analytics_reading r WHERE r.program_id = {int(batch.program_id)}"
        f" AND r.account_id = {int(batch.account_id)} AND {MATCH})"
    )


def _meet(batch: Batch, *, meets: bool) -> None:
    """The staged rows that meet a stored reading, and whether they win: newest of all, and different."""
    none = "" if meets else "AND false"
    run_sql("DROP TABLE IF EXISTS staged_hits")
    _named(
        f"""
        CREATE TEMPORARY TABLE staged_hits ON COMMIT DROP AS
        SELECT r.id, r.value AS old, r.as_of, greatest(r.as_of, v.as_of) AS since, r.run_id, r.cell AS old_cell,
               s.value, left(s.cell, 60) AS cell,
               s.post_id, s.metric, s.segment, s.grain, s.period_start, s.period_end,
               s.value <> r.value AND (%(as_of)s, %(run)s) > (r.as_of, r.run_id)
                   AND (v.reading_id IS NULL OR (%(as_of)s, %(run)s) > (v.as_of, v.run_id)) AS wins
        FROM staged s
        JOIN analytics_reading r ON r.program_id = %(program)s AND r.account_id = %(account)s AND {MATCH} {none}
        LEFT JOIN (
            SELECT DISTINCT ON (reading_id) reading_id, as_of, run_id FROM analytics_readingversion
            WHERE account_id = %(account)s ORDER BY reading_id, as_of DESC, run_id DESC
        ) v ON v.reading_id = r.id
        """,
        {
            "as_of": batch.as_of,
            "run": batch.run_id,
            "program": batch.program_id,
            "account": batch.account_id,
        },
    )


#: What to call a post: its text, or the day it was published (`@2026-10-12`), or its address.
CALLED = """coalesce(nullif(p.title, ''), nullif(n.title, ''), '@' || coalesce(n.published_at, p.published_at)::date,
    n.url, p.url, '')"""


def _samples(batch: Batch, *, meets: bool) -> tuple[Sample, ...]:
    """Some rows of each kind: what changes by the size of the change, the rest as the file has it."""
    stands = "s.old, s.since::date"
    asked = (
        ("changed", stands, "staged_hits", "wins", "ORDER BY abs(value - old) DESC, id"),
        ("older", stands, "staged_hits", "NOT wins AND value <> old", "ORDER BY abs(value - old) DESC, id"),
        ("new", "NULL, NULL", "staged", _not_stored(batch, meets=meets), ""),
        ("unchanged", "NULL, NULL", "staged_hits", "value = old", ""),
    )
    columns = "s.cell, s.metric, s.segment, s.grain, s.period_start, s.period_end, s.value"
    return tuple(
        Sample(kind, *row)  # type: ignore[call-arg]  # ten columns, ten fields
        for kind, before, table, which, order in asked
        if meets or kind == "new"
        for row in run_sql(
            f"""
            SELECT {columns}, {before}, left({CALLED}, 80)
            FROM (SELECT *, row_number() OVER () AS nth
                  FROM (SELECT * FROM {table} s WHERE {which} {order} LIMIT {SAMPLES}) s) s
            LEFT JOIN analytics_post p ON p.id = s.post_id
            LEFT JOIN LATERAL (
                SELECT * FROM staged_posts n WHERE n.post_id = s.post_id ORDER BY n.place LIMIT 1
            ) n ON true
            ORDER BY s.nth
            """
        )
    )
