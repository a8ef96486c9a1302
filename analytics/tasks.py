"""Door: the rooms that have tasks."""

from analytics.connectors import tasks as connectors_tasks
from analytics.imports import tasks as imports_tasks
from analytics.kpis import tasks as kpis_tasks
from analytics.listening import tasks as listening_tasks
from analytics.reports import tasks as reports_tasks
