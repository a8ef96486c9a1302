from django.utils.translation import gettext_lazy as _

from community.pulses import leaving, mergers, news, services, tasks, tile
from community.pulses.models import PulseRound
from community.pulses.verbs import PulsesVerb
from core.kit.deleting import Purge
from core.kit.rooms import Action, Belonging, Every, PublicNumber, Room, Subject, Tile
from programs.consents.models import Purpose
from programs.membership.access import Ability
from programs.membership.models import Role

ROOM = Room(
    name="community.pulses",
    verbs=PulsesVerb,
    concerns={
        PulsesVerb.PLANNED: _("A pulse asks people who take part until %(until)s. They answer without their names.")
    },
    subjects=(Subject(PulseRound, _("pulse"), "community:pulse_result", reads=("moment", "opens_on", "program")),),
    belongs_to=("figures", "home"),
    actions=(
        Action(
            _("Pulses"),
            "community:pulses",
            Ability.SEE_AGGREGATES,
            47,
            _("survey satisfaction mood questions anonymous eNPS"),
            "clipboard-check",
        ),
        Action(_("Plan a pulse"), "community:pulse_new", Ability.MANAGE_PROGRAM, 48, _("survey questions"), "plus"),
    ),
    tiles=(Tile("community/pulses/_tile.html", frozenset({Role.INFLUENCER}), tile.build, 1),),
    news=news.NEWS,
    timetable=(Every(tasks.look_after, 900, _("Open, remind of and close pulses")),),
    numbers=(
        PublicNumber(
            "people who take part, for who leads the program", "forms.PulseForm", "named", ("community:pulse_new",)
        ),
        PublicNumber("people who chose an answer", "worked_out.PulseCrowd", "people", ("community:pulse_result",)),
    ),
    on_merger=(mergers.MERGER,),
    keeps_generation=(mergers.keeps,),
    retention=(Purge(PulseRound),),
    belongings=(Belonging(frozenset({Purpose.PARTICIPATION}), leaving.kept, services.forget_person, order=40),),
    on_erasure=(services.forget_everywhere,),
)
