from django.utils.translation import gettext_lazy as _

from core.kit.deleting import Purge
from core.kit.rooms import Action, Room, Subject, Tab
from programs.charter import chapters, charges
from programs.charter.models import BudgetLine, Commitment, Duty, Risk, Stakeholder
from programs.charter.verbs import CharterVerb
from programs.membership.access import Ability

ROOM = Room(
    name="programs.charter",
    verbs=CharterVerb,
    belongs_to=("program", "home"),
    tabs=(Tab("program", _("Charter"), "programs:charter", Ability.SEE_PROGRAM, 5),),
    actions=(
        Action(
            _("Answers to objections"),
            "programs:objections",
            Ability.SEE_PROGRAM,
            36,
            _("arguments doubts questions monitoring competitor board"),
            "message-circle-question",
        ),
        Action(_("Stakeholders"), "programs:charter_stakeholders", Ability.MANAGE_PROGRAM, 37, _("sceptics influence")),
        Action(_("Risks"), "programs:charter_risks", Ability.WORK_ON_CHECKLISTS, 38, _("danger problem")),
        Action(_("Budget"), "programs:charter_budget", Ability.SEE_REPORTS, 39, _("cost money hours")),
    ),
    chapters=chapters.CHAPTERS,
    charges=charges.CHARGES,
    engagements=charges.ENGAGEMENTS,
    retention=(Purge(Commitment), Purge(Duty), Purge(Stakeholder), Purge(Risk), Purge(BudgetLine)),
    subjects=(
        Subject(Commitment, _("backing"), "programs:charter", place=lambda row: ()),
        Subject(Stakeholder, _("stakeholder"), "programs:charter_stakeholders", place=lambda row: ()),
        Subject(Duty, _("duty"), "programs:charter_duties", place=lambda row: ()),
        Subject(Risk, _("risk"), "programs:charter_risks", place=lambda row: ()),
        Subject(BudgetLine, _("line of the budget"), "programs:charter_budget", place=lambda row: ()),
    ),
)
