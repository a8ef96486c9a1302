from core.kit.rooms import Room
from core.writing import jobs

ROOM = Room(name="core.writing", retention=(jobs.retention,))
