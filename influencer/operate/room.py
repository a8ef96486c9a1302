from django.utils.translation import gettext_lazy as _

from core.kit.rooms import Every, Room
from influencer.operate import jobs, tasks
from influencer.operate.verbs import OperateVerb

ROOM = Room(
    name="influencer.operate",
    verbs=OperateVerb,
    timetable=(Every(tasks.sweep, 60, _("Remove lost second factors whose waiting day is over"), keeps_promise=True),),
    retention=(jobs.retention,),
)
