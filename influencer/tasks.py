"""Door: the rooms that have tasks."""

from influencer.health import tasks as health_tasks  # noqa: F401
from influencer.notify import tasks as notify_tasks  # noqa: F401
from influencer.privacy import tasks as privacy_tasks  # noqa: F401
