from core.kit.rooms import Room

ROOM = Room(name="influencer.webapp")
