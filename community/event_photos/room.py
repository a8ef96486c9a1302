from community.event_photos import access, leaving, news, services, spots, tile
from community.event_photos.models import EventPhoto
from community.event_photos.verbs import EventPhotosVerb
from core.kit.deleting import Purge
from core.kit.rooms import Belonging, Room, Tile
from programs.consents.models import Purpose
from programs.membership.models import Role

ROOM = Room(
    name="community.event_photos",
    verbs=EventPhotosVerb,
    belongs_to=("events",),
    spots={access.KIND: spots.photo},
    unlogged_spots=(access.KIND,),
    news=news.NEWS,
    tiles=(Tile("community/event_photos/_reported.html", frozenset({Role.MANAGER}), tile.build, 4),),
    retention=(services.retention, Purge(EventPhoto, along=services.erase)),
    on_pause=(leaving.close,),
    on_role_end=(leaving.role_ended,),
    on_withdrawal={Purpose.PARTICIPATION: (leaving.close,)},
    belongings=(Belonging(frozenset({Purpose.PARTICIPATION}), leaving.kept, leaving.forget_person, order=38),),
    on_erasure=(leaving.forget_everywhere,),
)
