"""The rows of an import beside what is stored: each is new, changes a figure, says it again, or comes too late.

The outcome is a temporary table `met`, made by one join whose way is chosen here: statistics of rows that were
written a moment ago mislead the planner, and its nested loop over two unindexed tables never ends. Of an account that
holds nothing it is the staged rows as they are.
"""
# ruff: noqa: S608  # names of our own tables and whole numbers; values travel as parameters

from analytics.metrics.batch import Batch
from analytics.metrics.counts import SAMPLES, Sample
from analytics.metrics.staging import KEY, make_table, run_sql, with_post_ids

NEW, CHANGED, SAME, OLDER = range(4)
MET = "met"
KINDS = ("new", "changed", "unchanged", "older")
FEW = 50_000  # so many rows are looked up one by one in the unique index; more are joined with all of the account's
FIGURE = """r.metric = s.metric AND r.segment = s.segment AND r.grain = s.grain AND r.period_start = s.period_start
    AND r.period_end = s.period_end"""
STORED = (
    "SELECT r.id, r.value, r.as_of, r.run_id FROM analytics_reading r WHERE r.program_id = %d AND r.account_id = %d"
)


def meet(batch: Batch, count: int, *, repeats: bool, meets: bool) -> tuple[int, str]:
    """Compare the staged rows with what is stored; answer how many different figures they are, and where they stand."""
    columns = f"post, {KEY}, value, left(coalesce(cell, ''), 60) AS cell, place"
    rows = f"SELECT {columns} FROM ({with_post_ids(batch)}) said"
    if repeats:
        rows = f"SELECT DISTINCT ON ({KEY}) * FROM ({rows}) said ORDER BY {KEY}, place DESC"  # said last counts
    if not meets:
        new = f"SELECT NULL::bigint AS id, NULL::bigint AS old, {NEW}::smallint AS kind, s.* FROM ({rows}) s"
        # Where all is new and said once, the staged rows are all there is to know: a million are not written again.
        return (make_table("met", new), MET) if repeats else (count, f"({new}) met")
    params = {"account": batch.account_id, "as_of": batch.as_of, "run": batch.run_id}
    is_late = make_table("newer", NEWER, params) > 0
    outvoted, newer = ("AND n.id IS NULL", "LEFT JOIN newer n ON n.id = r.id") if is_late else ("", "")
    join = _one_by_one if count <= FEW else _all_at_once
    query = f"""
        SELECT r.id, r.value AS old,
               (CASE WHEN r.id IS NULL THEN {NEW} WHEN s.value = r.value THEN {SAME}
                     WHEN (%(as_of)s, %(run)s) > (r.as_of, r.run_id) {outvoted} THEN {CHANGED}
                     ELSE {OLDER} END)::smallint AS kind, s.*
        FROM ({rows}) s {join(batch)} {newer}
        """
    ways = "on" if count <= FEW else "off"  # of many rows a hash is quickest
    run_sql(f"SET LOCAL enable_nestloop = {ways}; SET LOCAL enable_mergejoin = {ways}")
    found = make_table("met", query, params)
    run_sql("SET LOCAL enable_nestloop = on; SET LOCAL enable_mergejoin = on")
    return found, MET


def met_from(batch: Batch, table: str) -> None:
    """What was compared before, without the rows that say what stands already."""
    make_table("met", f"SELECT kind, id, old, {KEY}, value, cell FROM ({with_post_ids(batch, table)}) said")


#: Figures of which an import that is newer than this one says something, beside the readings themselves.
NEWER = """
    SELECT id, max(as_of) AS as_of FROM (
        SELECT reading_id AS id, as_of FROM analytics_readingversion
        WHERE account_id = %(account)s AND (as_of, run_id) > (%(as_of)s, %(run)s)
        UNION ALL
        SELECT generate_series(lower(part), upper(part) - 1), as_of FROM analytics_echo, unnest(readings) part
        WHERE account_id = %(account)s AND (as_of, run_id) > (%(as_of)s, %(run)s)
    ) said GROUP BY id
    """


def _one_by_one(batch: Batch) -> str:
    stored = STORED % (batch.program_id, batch.account_id)
    return f"""
        LEFT JOIN LATERAL (
            {stored} AND r.post_id = s.post_id AND {FIGURE}
            UNION ALL
            {stored} AND r.post_id IS NULL AND s.post_id IS NULL AND {FIGURE}
            LIMIT 1
        ) r ON true"""


def _all_at_once(batch: Batch) -> str:
    stored = (
        f"SELECT * FROM analytics_reading WHERE program_id = {batch.program_id} AND account_id = {batch.account_id}"
    )
    return f"LEFT JOIN ({stored}) r ON {FIGURE} AND coalesce(r.post_id, 0) = coalesce(s.post_id, 0)"


def counts_by_kind() -> tuple[int, int, int, int]:
    """How many rows are new, changed, unchanged, older."""
    found = dict(run_sql("SELECT kind, count(*) FROM met GROUP BY kind"))
    return found.get(NEW, 0), found.get(CHANGED, 0), found.get(SAME, 0), found.get(OLDER, 0)


#: What to call a post: its text, or the day it was published (`@2026-10-12`), or its address.
CALLED = """coalesce(nullif(p.title, ''), nullif(n.title, ''), '@' || coalesce(n.published_at, p.published_at)::date,
    n.url, p.url, '')"""


def samples(counts: tuple[int, int, int, int], met: str) -> tuple[Sample, ...]:
    """Some rows of each kind: what differs by the size of the difference, the rest as the file has it."""
    stands = (
        "m.old, (SELECT greatest(r.as_of, w.as_of) FROM analytics_reading r LEFT JOIN newer w USING (id)"
        " WHERE r.id = m.id)::date"
    )
    within = "" if met == MET else f"AND place < '({SAMPLES},0)'"  # pages of the staged rows, each holds dozens
    asked = (
        (CHANGED, stands, "abs(value - old) DESC, id"),
        (OLDER, stands, "abs(value - old) DESC, id"),
        (NEW, "NULL, NULL", "place"),
        (SAME, "NULL, NULL", "place"),
    )
    return tuple(
        Sample(KINDS[kind], *row)  # ten columns, ten fields
        for kind, before, order in asked
        if counts[kind]
        for row in run_sql(
            f"""
            SELECT m.cell, m.metric, m.segment, m.grain, m.period_start, m.period_end, m.value, {before},
                   left({CALLED}, 80)
            FROM (SELECT *, row_number() OVER (ORDER BY {order}) AS nth FROM (
                SELECT * FROM {met} WHERE kind = {kind} {within} ORDER BY {order} LIMIT {SAMPLES}) m) m
            LEFT JOIN analytics_post p ON p.id = m.post_id
            LEFT JOIN LATERAL (
                SELECT * FROM staged_posts n WHERE n.post_id = m.post_id ORDER BY n.place LIMIT 1
            ) n ON true
            ORDER BY m.nth
            """
        )
    )
