from core.kit.rooms import Room

ROOM = Room(name="analytics.metrics", belongs_to=("figures",))
