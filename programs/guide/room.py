from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from core.kit.deleting import Purge
from core.kit.rooms import Action, Room, Tab
from programs.guide import jobs
from programs.guide.models import NeededDocument, Sketch
from programs.guide.verbs import GuideVerb
from programs.membership.access import Ability

ROOM = Room(
    name="programs.guide",
    verbs=GuideVerb,
    belongs_to=("program", "home"),
    tabs=(Tab("program", _("Concept"), "programs:concept", Ability.SEE_PROGRAM, 3),),
    actions=(
        Action(
            _("Concept"),
            "programs:concept",
            Ability.SEE_PROGRAM,
            35,
            _("plan goals missing documents print"),
            "file-text",
        ),
    ),
    retention=(Purge(NeededDocument), Purge(Sketch, kept=timedelta(days=1)), jobs.retention),
)
