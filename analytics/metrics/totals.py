"""The sums per week that dashboards are made from; made anew only for the weeks an import touched."""
# ruff: noqa: S608  # names of our own tables and whole numbers; values travel as parameters

from analytics.metrics.models import ADDITIVE, Grain
from analytics.metrics.staging import run_sql

MONDAY = "(date '1970-01-05' + ({day} - date '1970-01-05') / 7 * 7)"
SUMMED = ", ".join(str(metric.value) for metric in sorted(ADDITIVE))


def refresh(program_id: int, account_id: int, table: str, *, may_shrink: bool = False) -> None:
    """Sum the weeks again that daily figures in `table` fall into. Sums that did not change are left alone."""
    run_sql("DROP TABLE IF EXISTS touched_weeks, week_sums")
    run_sql(
        f"""
        CREATE TEMPORARY TABLE touched_weeks ON COMMIT DROP AS
        SELECT DISTINCT {MONDAY.format(day="period_start")} AS week FROM {table}
        WHERE post_id IS NULL AND grain = {Grain.DAY} AND metric IN ({SUMMED})
        """
    )
    first, last = run_sql("SELECT min(week), max(week) + 6 FROM touched_weeks")[0]
    if first is None:
        return
    week = MONDAY.format(day="r.period_start")
    run_sql(
        f"""
        CREATE TEMPORARY TABLE week_sums ON COMMIT DROP AS
        SELECT r.metric, r.segment, {week} AS week, sum(r.value)::bigint AS value FROM analytics_reading r
        WHERE r.program_id = %s AND r.account_id = %s AND r.post_id IS NULL AND r.metric IN ({SUMMED})
          AND r.grain = {Grain.DAY} AND r.period_start BETWEEN %s AND %s
        GROUP BY 1, 2, 3
        """,
        program_id,
        account_id,
        first,
        last,
    )
    run_sql("ANALYZE touched_weeks")
    run_sql("DELETE FROM week_sums WHERE week NOT IN (SELECT week FROM touched_weeks)")
    run_sql("ANALYZE week_sums")
    run_sql(
        """
        INSERT INTO analytics_weektotal (program_id, account_id, metric, segment, week, value)
        SELECT %s, %s, metric, segment, week, value FROM week_sums
        ON CONFLICT (program_id, metric, segment, week, account_id) DO UPDATE SET value = excluded.value
        WHERE analytics_weektotal.value <> excluded.value
        """,
        program_id,
        account_id,
    )
    if may_shrink:
        run_sql(
            """
            DELETE FROM analytics_weektotal w WHERE w.program_id = %s AND w.account_id = %s
              AND w.week IN (SELECT week FROM touched_weeks)
              AND (w.metric, w.segment, w.week) NOT IN (SELECT metric, segment, week FROM week_sums)
            """,
            program_id,
            account_id,
        )
