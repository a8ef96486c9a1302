from core.kit.rooms import Room

ROOM = Room(name="analytics.sources", belongs_to=("figures",))
