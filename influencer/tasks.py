"""Door: the rooms that have tasks."""

from influencer.health import tasks as health_tasks
from influencer.operate import tasks as operate_tasks
from influencer.privacy import tasks as privacy_tasks
