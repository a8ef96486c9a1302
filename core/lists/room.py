from core.kit.rooms import Room

ROOM = Room(name="core.lists")
