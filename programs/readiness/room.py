from django.utils.translation import gettext_lazy as _

from core.kit.rooms import Action, Every, Room
from programs.membership.access import Ability
from programs.readiness import tasks
from programs.readiness.verbs import ReadinessVerb

ROOM = Room(
    name="programs.readiness",
    verbs=ReadinessVerb,
    concerns={ReadinessVerb.OPENED: _("A readiness survey is open. Employees answer it without their names.")},
    belongs_to=("program",),
    actions=(
        Action(
            _("Readiness"),
            "programs:readiness",
            Ability.WRITE_REVIEWS,
            37,
            _("survey culture maturity mistakes freedom motivation"),
            "clipboard-check",
        ),
    ),
    timetable=(Every(tasks.close_due, 3600, _("Close surveys whose last day is over")),),
)
