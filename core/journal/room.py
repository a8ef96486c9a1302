from core.journal import jobs
from core.kit.rooms import Room

ROOM = Room(name="core.journal", retention=(jobs.retention,))
