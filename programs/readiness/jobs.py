from core.schedule.each import each
from programs.readiness import queries, services


def close_due() -> int:
    """Rounds whose last day is over; one that fails holds up none of the others. Safe to run twice."""
    return each("readiness.close_due", queries.due(), services.close, key=lambda row: row.pk).done
