"""Door: the rooms that have tasks."""

from community.newsletters import tasks as newsletters_tasks
