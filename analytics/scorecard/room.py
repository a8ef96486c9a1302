from django.utils.translation import gettext_lazy as _

from analytics.scorecard.models import StrategyAim
from analytics.scorecard.verbs import ScorecardVerb
from core.kit.deleting import Purge
from core.kit.rooms import Action, Room, Subject
from programs.membership.access import Ability

ROOM = Room(
    name="analytics.scorecard",
    verbs=ScorecardVerb,
    belongs_to=("figures",),
    actions=(
        Action(
            _("Strategy map"),
            "analytics:scorecard",
            Ability.SEE_AGGREGATES,
            64,
            _("scorecard triangle intellectual capital"),
            "target",
        ),
    ),
    subjects=(Subject(StrategyAim, _("aim of the strategy map"), "analytics:scorecard", place=lambda _aim: ()),),
    retention=(Purge(StrategyAim),),
)
