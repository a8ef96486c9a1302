from django.utils.translation import gettext_lazy as _

from core.kit.rooms import Every, Room
from core.notify import bounces, jobs, providers, services, tasks

ROOM = Room(
    name="core.notify",
    timetable=(
        Every(tasks.sweep, 20, _("Send individual emails that are waiting"), keeps_promise=True),
        Every(tasks.read_bounces, 120, _("Read reports of emails that came back")),
    ),
    queue="mail",
    at_once=(tasks.deliver_now,),
    stays_inside=True,  # its outbox knows the fence itself: it lets mails through that somebody needs to sign in
    retention=(jobs.retention, bounces.retention, providers.retention),
    on_erasure=(services.forget_person, bounces.forget_person),
)
