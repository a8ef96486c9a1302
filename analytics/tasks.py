"""Door: the rooms that have tasks."""

from analytics.imports import tasks as imports_tasks
from analytics.kpis import tasks as kpis_tasks
