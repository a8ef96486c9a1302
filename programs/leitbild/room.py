from django.utils.translation import gettext_lazy as _

from core.kit.deleting import Purge
from core.kit.rooms import Action, Belonging, PublicNumber, Room, Subject, Tab
from programs.consents.models import Purpose
from programs.leitbild import chapters, jobs, leaving
from programs.leitbild.models import LeitbildWorkshop
from programs.leitbild.verbs import LeitbildVerb
from programs.membership.access import Ability

ROOM = Room(
    name="programs.leitbild",
    numbers=(
        PublicNumber("votes for a sentence, and who voted", "counting.counted", "people", ("programs:leitbild",)),
    ),
    verbs=LeitbildVerb,
    belongs_to=("program", "home"),
    tabs=(Tab("program", _("Guiding statement"), "programs:leitbild", Ability.SEE_PROGRAM, 29),),
    actions=(
        Action(
            _("Guiding statement"),
            "programs:leitbild",
            Ability.SEE_PROGRAM,
            28,
            _("mission values vision workshop vote leitbild"),
            "compass",
        ),
    ),
    chapters=chapters.CHAPTERS,
    subjects=(
        Subject(LeitbildWorkshop, _("workshop on the guiding statement"), "programs:leitbild", place=lambda row: ()),
    ),
    retention=(jobs.retention, Purge(LeitbildWorkshop)),
    on_pause=(leaving.forget_person,),
    on_withdrawal={Purpose.PARTICIPATION: (leaving.forget_person,)},
    belongings=(Belonging(frozenset({Purpose.PARTICIPATION}), leaving.kept, leaving.forget_person, order=38),),
    on_erasure=(leaving.forget_everywhere,),
)
