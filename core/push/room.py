from core.kit.rooms import Room
from core.push import keys, services

ROOM = Room(
    name="core.push",
    retention=(services.retention, keys.retention),
    on_erasure=(services.forget_person,),
)
