from django.utils.translation import gettext_lazy as _

from core.kit.rooms import Every, Room
from core.notify import jobs, services, tasks

ROOM = Room(
    name="core.notify",
    timetable=(Every(tasks.sweep, 20, _("Send individual emails that are waiting"), keeps_promise=True),),
    queue="mail",
    stays_inside=True,  # its outbox knows the fence itself: it lets mails through that somebody needs to sign in
    retention=(jobs.retention,),
    on_erasure=(services.forget_person,),
)
