"""The sums per week that dashboards are made from; made anew only for the weeks an import touched."""
# ruff: noqa: S608  # names of our own tables and whole numbers; values travel as parameters

from datetime import date

from analytics.metrics.models import ADDITIVE, Grain
from analytics.metrics.staging import run_sql

MONDAY = "(date '1970-01-05' + ({day} - date '1970-01-05') / 7 * 7)"
SUMMED = ", ".join(str(metric.value) for metric in sorted(ADDITIVE))
WHOLE = (date.min, date.max)
SUMS = f"""
    SELECT r.program_id, r.account_id, r.metric, r.segment, {MONDAY.format(day="r.period_start")} AS week,
           sum(r.value)::bigint AS value, count(*) AS days
    FROM analytics_reading r
    WHERE r.program_id = %(program)s AND r.account_id = %(account)s AND r.post_id IS NULL AND r.metric IN ({SUMMED})
      AND r.grain = {Grain.DAY} AND r.period_start BETWEEN %(first)s AND %(last)s
    GROUP BY 1, 2, 3, 4, 5
"""


def weeks_in(table: str, rows: str = "true") -> tuple[date, date] | None:
    """From which Monday to which Sunday the daily figures of a table reach, or of some of its rows."""
    low, high = MONDAY.format(day="min(period_start)"), MONDAY.format(day="max(period_start)")
    first, last = run_sql(
        f"SELECT {low}, {high} + 6 FROM {table}"
        f" WHERE {rows} AND post_id IS NULL AND grain = {Grain.DAY} AND metric IN ({SUMMED})"
    )[0]
    return (first, last) if first else None


def refresh(program_id: int, account_id: int, weeks: tuple[date, date] | None, *, may_shrink: bool = False) -> None:
    """Sum whole weeks again. Sums that did not change are left alone."""
    if weeks is None:
        return
    where = {"program": program_id, "account": account_id, "first": weeks[0], "last": weeks[1]}
    run_sql(
        f"""
        INSERT INTO analytics_weektotal (program_id, account_id, metric, segment, week, value, days) {SUMS}
        ON CONFLICT (program_id, metric, segment, week, account_id)
        DO UPDATE SET value = excluded.value, days = excluded.days
        WHERE (analytics_weektotal.value, analytics_weektotal.days) <> (excluded.value, excluded.days)
        """,
        where,
    )
    if may_shrink:
        run_sql(
            f"""
            DELETE FROM analytics_weektotal w
            WHERE w.program_id = %(program)s AND w.account_id = %(account)s AND w.week BETWEEN %(first)s AND %(last)s
              AND (w.metric, w.segment, w.week) NOT IN (SELECT metric, segment, week FROM ({SUMS}) s)
            """,
            where,
        )
