"""Door: the rooms that have tasks."""

from community.events import tasks as events_tasks
from community.forum import tasks as forum_tasks
from community.journeys import tasks as journeys_tasks
from community.newsletters import tasks as newsletters_tasks
from community.office_hours import tasks as office_hours_tasks
from community.pulses import tasks as pulses_tasks
