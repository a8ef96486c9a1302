"""What is written in the transaction of a test, as PostgreSQL counts it."""

from django.db import connection

# A number that was made for a week is kept when somebody first reads it (programs/membership/standing.py).
KEPT_WHEN_READ = {"programs_standingcount"}
# Signing in and out of sight: Django's own bookkeeping, who looked at a report, and how often a link was tried.
BOOKKEEPING = {"django_session", "usersessions_usersession", "core_journal", "core_attempt"} | KEPT_WHEN_READ
BOOKKEEPING |= {"analytics_reportlink"}  # how often a report was opened by its link, and nothing of who
COUNTS = """
    SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables
    WHERE n_tup_ins + n_tup_upd + n_tup_del > 0"""


def written(besides: set[str] = BOOKKEEPING) -> dict[str, int]:
    """Rows written so far, per table; also those that were taken back."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTS)
        return {name: count for name, count in cursor.fetchall() if name not in besides}


def rows_written(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    return {table: count - before.get(table, 0) for table, count in after.items() if count != before.get(table, 0)}
