"""Door: the rooms that have tasks."""

from programs.chats import tasks as chats_tasks
from programs.consents import tasks as consents_tasks
from programs.generations import tasks as generations_tasks
from programs.readiness import tasks as readiness_tasks
from programs.reviews import tasks as reviews_tasks
from programs.support import tasks as support_tasks
