from core.kit.rooms import Room
from influencer.calendar import services

ROOM = Room(name="influencer.calendar", on_erasure=(services.end_address,))
