from django.utils.translation import gettext_lazy as _

from community.events import leaving
from community.events.verbs import EventsVerb
from core.kit.rooms import Action, Belonging, Place, Room, Tab
from programs.consents.models import Purpose
from programs.membership.access import Ability

ROOM = Room(
    name="community.events",
    verbs=EventsVerb,
    belongs_to=("events",),
    places=(Place("events", _("Events"), "calendar-event", "community:events", Ability.SEE_PROGRAM, 33),),
    tabs=(Tab("events", _("Agenda"), "community:events", Ability.SEE_PROGRAM, 10),),
    actions=(
        Action(
            _("Events"),
            "community:events",
            Ability.SEE_PROGRAM,
            43,
            _("agenda calendar workshop kick-off meet-up appointments"),
            "calendar-event",
        ),
    ),
    on_withdrawal={Purpose.PARTICIPATION: (leaving.forget_person,)},
    belongings=(Belonging(frozenset({Purpose.PARTICIPATION}), leaving.held, leaving.forget_person, order=35),),
    on_erasure=(leaving.forget_everywhere,),
)
