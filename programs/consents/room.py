from django.utils.translation import gettext_lazy as _

from core.kit.rooms import Action, Every, Room
from programs.consents import jobs, tasks
from programs.membership.access import Ability

ROOM = Room(
    name="programs.consents",
    actions=(Action(_("My consents"), "programs:consents", Ability.TAKE_PART, 43, icon="shield-check"),),
    timetable=(Every(tasks.erase_due, 3600, _("Delete what rested since a consent was withdrawn")),),
    retention=(jobs.retention,),
)
