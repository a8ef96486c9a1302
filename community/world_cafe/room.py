from community.world_cafe import charges, leaving
from community.world_cafe.models import CafeNote, CafeTable
from community.world_cafe.verbs import WorldCafeVerb
from core.kit.deleting import Purge
from core.kit.rooms import Belonging, Room
from programs.consents.models import Purpose

ROOM = Room(
    name="community.world_cafe",
    verbs=WorldCafeVerb,
    belongs_to=("events",),
    engagements=charges.ENGAGEMENTS,
    retention=(Purge(CafeNote), Purge(CafeTable)),
    belongings=(Belonging(frozenset({Purpose.PARTICIPATION}), leaving.kept, leaving.forget_person, order=37),),
    on_erasure=(leaving.forget_everywhere,),
)
