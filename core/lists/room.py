from core.kit.rooms import Room
from core.lists import services

ROOM = Room(name="core.lists", on_erasure=(services.forget_person,))
