from django.utils.translation import gettext_lazy as _

from core.kit.rooms import Every, PublicNumber, Room
from influencer.operate import alarms, jobs, tasks
from influencer.operate.verbs import OperateVerb

ROOM = Room(
    name="influencer.operate",
    numbers=(
        PublicNumber("mails sent and waiting", "state._mails", "people", ("operate:health",)),
        PublicNumber("work that waits", "state._queues", "people", ("operate:health",)),
        PublicNumber("rows that could not be processed", "state._setbacks", "people", ("operate:health",)),
    ),
    verbs=OperateVerb,
    timetable=(
        Every(tasks.watch, 60, _("Tell administrators what needs them"), keeps_promise=True),
        Every(tasks.sweep, 60, _("Remove lost second factors whose waiting day is over"), keeps_promise=True),
    ),
    stays_inside=True,  # its mails are about signing in, and about the restore itself
    retention=(jobs.retention, alarms.retention),
)
