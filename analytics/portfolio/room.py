from core.kit.rooms import Room

ROOM = Room(name="analytics.portfolio", belongs_to=("home",))
