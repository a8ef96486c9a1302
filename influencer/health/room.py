from django.utils.translation import gettext_lazy as _

from core.kit.rooms import Every, Room
from influencer.health import tasks

ROOM = Room(
    name="influencer.health",
    stays_inside=True,
    timetable=(Every(tasks.beat, 15, _("Report that the worker and the schedule are running"), keeps_promise=True),),
)
