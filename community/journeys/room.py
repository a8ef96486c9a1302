from django.utils.translation import gettext_lazy as _

from community.journeys import jobs, leaving, mergers, services, spots, tasks
from community.journeys.letters import LETTER, REASON
from community.journeys.models import Journey, JourneyLetter
from community.journeys.verbs import JourneysVerb
from core.kit.deleting import Purge
from core.kit.rooms import Action, Belonging, Every, Room, Subject, Tab
from programs.consents.models import Purpose
from programs.membership.access import Ability

ROOM = Room(
    name="community.journeys",
    verbs=JourneysVerb,
    belongs_to=("newsletters",),
    tabs=(Tab("newsletters", _("Journeys"), "community:journeys", Ability.WRITE_NEWSLETTERS, 20),),
    actions=(
        Action(
            _("Journeys of letters"),
            "community:journeys",
            Ability.WRITE_NEWSLETTERS,
            72,
            _("welcome series automatic emails onboarding"),
            "route",
        ),
    ),
    timetable=(Every(tasks.sweep, 300, _("Send the letters of journeys to people whose day it is")),),
    queue="mail",
    subjects=(
        Subject(Journey, _("journey"), "community:journey"),
        Subject(JourneyLetter, _("letter of a journey"), "community:letter_edit"),
    ),
    retention=(
        Purge(JourneyLetter, along=services.forget_on_letters),
        Purge(Journey, along=services.forget_on_journeys),
    ),
    on_bounce=services.came_back,
    on_merger=(mergers.MERGER,),
    withholds={REASON: jobs.is_withheld},
    belongings=(Belonging(frozenset({Purpose.PARTICIPATION}), leaving.kept, leaving.forget_person, order=38),),
    on_erasure=(leaving.forget_everywhere,),
    spots={LETTER: spots.letter},
)
