from django.utils.translation import gettext_lazy as _

from core.kit.deleting import Purge
from core.kit.rooms import Action, Belonging, Chapter, Every, Room, Subject, Tab, Tile
from programs.consents.models import Purpose
from programs.membership.access import Ability
from programs.membership.models import Role
from programs.support import charges, incidents, leaving, news, queries, queries_incidents, tasks
from programs.support.models import Helper
from programs.support.verbs import SupportVerb

ROOM = Room(
    name="programs.support",
    verbs=SupportVerb,
    belongs_to=("program", "home"),
    engagements=charges.ENGAGEMENTS,
    tabs=(Tab("program", _("Who helps when"), "programs:support", Ability.SEE_PROGRAM, 31),),
    actions=(
        Action(
            _("Help now"),
            "programs:help_now",
            Ability.SEE_PROGRAM,
            31,
            _("crisis shitstorm attack hate emergency problem"),
            "lifebuoy",
        ),
    ),
    tiles=(Tile("programs/support/_tile.html", frozenset({Role.MANAGER}), queries.tile, 8),),
    on_erasure=(leaving.forget_everywhere,),
    timetable=(Every(tasks.ask_how_they_are, 3600, _("Ask people how they are, a few days after they needed help")),),
    news=news.NEWS,
    chapters=(Chapter("lessons", _("What we have learned"), "programs:support", queries_incidents.lessons_chapter),),
    belongings=(Belonging(frozenset({Purpose.PARTICIPATION}), leaving.kept, leaving.forget_person, order=37),),
    retention=(Purge(Helper), incidents.retention),
    subjects=(
        Subject(
            Helper,
            _("somebody who helps"),
            "programs:support",
            title=lambda helper: str(_("somebody who helps")),
            place=lambda row: (),
        ),
    ),
)
