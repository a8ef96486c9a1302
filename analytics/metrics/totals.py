"""The sums per week that dashboards are made from; made anew only for the weeks an import touched."""
# ruff: noqa: S608  # names of our own tables and whole numbers; values travel as parameters

from analytics.metrics.models import ADDITIVE, Grain
from analytics.metrics.staging import run_sql

MONDAY = "(date '1970-01-05' + ({day} - date '1970-01-05') / 7 * 7)"
SUMMED = ", ".join(str(metric.value) for metric in sorted(ADDITIVE))


def weeks_of(table: str) -> str:
    """The weeks of daily account figures in a table."""
    return (
        f"SELECT DISTINCT {MONDAY.format(day='period_start')} AS week FROM {table} "
        f"WHERE post_id IS NULL AND grain = {Grain.DAY} AND metric IN ({SUMMED})"
    )


def refresh(program_id: int, account_id: int, table: str) -> None:
    """Sum the touched weeks again. Sums that did not change are left alone."""
    week = MONDAY.format(day="r.period_start")
    with_sums = f"""
        WITH touched AS MATERIALIZED ({weeks_of(table)}),
        sums AS (
            SELECT r.metric, r.segment, {week} AS week, sum(r.value)::bigint AS value
            FROM analytics_reading r JOIN touched t ON t.week = {week}
            WHERE r.program_id = {int(program_id)} AND r.account_id = {int(account_id)} AND r.post_id IS NULL
              AND r.grain = {Grain.DAY} AND r.metric IN ({SUMMED})
            GROUP BY 1, 2, 3
        )
    """
    mine = f"program_id = {int(program_id)} AND w.account_id = {int(account_id)}"
    run_sql(
        f"""{with_sums}
        INSERT INTO analytics_weektotal (program_id, account_id, metric, segment, week, value)
        SELECT {int(program_id)}, {int(account_id)}, metric, segment, week, value FROM sums
        ON CONFLICT (program_id, metric, segment, week, account_id) DO UPDATE SET value = excluded.value
        WHERE analytics_weektotal.value <> excluded.value"""
    )
    run_sql(
        f"""WITH touched AS MATERIALIZED ({weeks_of(table)})
        DELETE FROM analytics_weektotal w USING touched t
        WHERE w.week = t.week AND w.{mine} AND NOT EXISTS (
            SELECT 1 FROM analytics_reading r
            WHERE r.program_id = w.program_id AND r.account_id = w.account_id AND r.post_id IS NULL
              AND r.metric = w.metric AND r.segment = w.segment AND r.grain = {Grain.DAY}
              AND r.period_start >= w.week AND r.period_start < w.week + 7
        )"""
    )
