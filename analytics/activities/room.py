from django.utils.translation import gettext_lazy as _

from analytics.activities import jobs, services
from core.kit.rooms import Action, Room
from programs.membership.access import Ability

ROOM = Room(
    name="analytics.activities",
    belongs_to=("home",),
    actions=(Action(_("Log an activity"), "analytics:activity_list", Ability.TAKE_PART, 40),),
    after_leaving=(services.forget_person,),
    retention=(jobs.retention,),
)
