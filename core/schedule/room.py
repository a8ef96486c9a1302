from core.kit.rooms import Room
from core.schedule import jobs, tasks

ROOM = Room(name="core.schedule", at_once=(tasks.tick,), retention=(jobs.retention,), stays_inside=True)
