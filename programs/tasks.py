"""Door: the rooms that have tasks."""

from programs.generations import tasks as generations_tasks
