from django.utils.translation import gettext_lazy as _

from core.kit.rooms import Action, Belonging, Room, Tile
from programs.consents.models import Purpose
from programs.membership.access import Ability
from programs.membership.models import Role
from programs.mentors import news, queries, services

ROOM = Room(
    name="programs.mentors",
    belongs_to=("program", "home"),
    actions=(
        Action(
            _("Mentors and buddies"),
            "programs:mentors",
            Ability.TAKE_PART,
            42,
            _("mentor buddy tandem accompany"),
            "users",
        ),
    ),
    tiles=(Tile("programs/mentors/_tile.html", frozenset({Role.INFLUENCER}), queries.tile, 28),),
    companions=(queries.companions,),
    meeting_names={"programs:mentors": queries.name_of_mentor},
    news=news.NEWS,
    belongings=(Belonging(frozenset({Purpose.PARTICIPATION}), services.kept, services.forget_person, order=37),),
    on_pause=(services.presence_changed,),
    on_return=(services.presence_changed,),
    on_withdrawal={Purpose.PARTICIPATION: (services.presence_changed,)},
    on_person_changed=(services.person_changed,),
    on_erasure=(services.forget_everywhere,),
    retention=(services.retention,),
)
