from core.kit.rooms import Room
from core.writing import jobs, services

ROOM = Room(name="core.writing", retention=(jobs.retention,), on_erasure=(services.forget_person,))
