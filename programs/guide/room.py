from datetime import timedelta

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.kit.deleting import Purge
from core.kit.rooms import Action, Room, Subject, Tab, Tile
from programs.guide import checks, jobs
from programs.guide.models import NeededDocument, Sketch
from programs.guide.models_checks import EarlyCheck
from programs.guide.verbs import GuideVerb
from programs.membership.access import Ability
from programs.membership.models import Role

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
        Action(
            _("The first 90 days"),
            "programs:first_days",
            Ability.WORK_ON_CHECKLISTS,
            36,
            _("check signs day 30 60 90 finding decision"),
            "calendar-check",
        ),
    ),
    tiles=(Tile("programs/guide/_tile.html", frozenset({Role.MANAGER, Role.COACH, Role.TEAM}), checks.tile, 8),),
    retention=(Purge(NeededDocument), Purge(Sketch, kept=timedelta(days=1)), jobs.retention),
    subjects=(
        Subject(NeededDocument, _("document"), "programs:concept", place=lambda row: ()),
        Subject(
            EarlyCheck,
            _("check of the first 90 days"),
            title=lambda check: gettext("Day %(day)s") % {"day": check.day},
        ),
    ),
)
