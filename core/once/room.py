from core.kit.rooms import Room
from core.once import jobs

ROOM = Room(name="core.once", retention=(jobs.retention,))
