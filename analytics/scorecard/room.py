from django.utils.translation import gettext_lazy as _

from analytics.scorecard.models import StrategyAim, StrategyLine
from analytics.scorecard.models_objectives import CheckIn, KeyResult, Objective
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
        Action(
            _("Objectives of the quarter"),
            "analytics:objectives",
            Ability.SEE_AGGREGATES,
            65,
            _("OKR key results quarter"),
            "progress-check",
        ),
    ),
    subjects=(
        Subject(StrategyAim, _("aim of the strategy map"), "analytics:scorecard", place=lambda _aim: ()),
        Subject(Objective, _("objective"), "analytics:objectives", place=lambda _row: ()),
        Subject(KeyResult, _("key result"), "analytics:objectives", place=lambda _row: ()),
    ),
    retention=(Purge(StrategyAim), Purge(StrategyLine), Purge(Objective), Purge(KeyResult), Purge(CheckIn)),
)
