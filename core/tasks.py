"""Door: the rooms that have tasks."""

from core.notify import tasks as notify_tasks
