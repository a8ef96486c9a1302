from core.kit.rooms import Room
from core.schedule import jobs

ROOM = Room(name="core.schedule", retention=(jobs.retention,), stays_inside=True)
