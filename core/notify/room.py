from django.utils.translation import gettext_lazy as _

from core.kit.rooms import Every, Room
from core.notify import jobs, services, tasks

ROOM = Room(
    name="core.notify",
    timetable=(Every(tasks.sweep, 20, _("Send individual emails that are waiting")),),
    queue="mail",
    retention=(jobs.retention,),
    on_erasure=(services.forget_person,),
)
