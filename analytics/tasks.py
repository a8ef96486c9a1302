"""Door: the rooms that have tasks."""

from analytics.kpis import tasks as kpis_tasks  # noqa: F401
