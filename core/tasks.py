"""Door: the rooms that have tasks."""

from core.news import tasks as news_tasks
from core.notify import tasks as notify_tasks
from core.schedule import tasks as schedule_tasks
