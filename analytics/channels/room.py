from core.kit.rooms import Room

ROOM = Room(name="analytics.channels", belongs_to=("figures",))
