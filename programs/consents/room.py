from django.utils.translation import gettext_lazy as _

from core.kit.rooms import Action, Room
from programs.consents import jobs
from programs.membership.access import Ability

ROOM = Room(
    name="programs.consents",
    actions=(Action(_("My consents"), "programs:consents", Ability.TAKE_PART, 43),),
    retention=(jobs.retention,),
)
