from programs.casting.models import Answered, Call, Interest
from programs.charter.models import BudgetLine, Charter, Commitment, Duty, DutyHolder, Risk, Stakeholder
from programs.chats.models import Channel, ChannelPost
from programs.checklists.models import Evidence, Item
from programs.checklists.models_asking import ItemScore
from programs.checklists.models_fields import ItemField
from programs.checklists.models_parts import RemovedPhase
from programs.checklists.models_uses import TemplateUse
from programs.consents.models import ConsentEvent, Erasure
from programs.directory.models import Offer, Profile
from programs.generations.models import (
    Declined,
    Generation,
    Headcount,
    Invitation,
    Participant,
    Roster,
    Span,
    Step,
    StepDone,
    StepText,
)
from programs.generations.models_moves import Move
from programs.guide.models import Concept, NeededDocument, Sketch
from programs.guide.models_checks import EarlyCheck
from programs.guidelines.models import (
    Guideline,
    GuidelineAcceptance,
    GuidelineCase,
    GuidelineSection,
    GuidelineVersion,
)
from programs.guidelines.models_profile import ProfileCheck
from programs.handbook.models import Decision, HandbookPage, HandbookVersion
from programs.leitbild.models import LeitbildBallot, LeitbildVersion, LeitbildWorkshop
from programs.library.models import PlanTemplate, PlanVersion
from programs.membership.models import Goal, Membership, Program
from programs.membership.models_standing import StandingCount
from programs.mentors.models import Pairing, PairingCard
from programs.phases.models import Milestone, Phase, PhaseChange
from programs.phases.models_baseline import Baseline
from programs.readiness.models import ReadinessRound
from programs.reviews.models import Finding, Review, ReviewAction, ReviewPoint, Seat
from programs.support.models import Helper
from programs.support.models_incidents import Incident, IncidentEntry, IncidentPerson, Lesson

__all__ = [
    "Answered",
    "Baseline",
    "BudgetLine",
    "Call",
    "Channel",
    "ChannelPost",
    "Charter",
    "Commitment",
    "Concept",
    "ConsentEvent",
    "Decision",
    "Declined",
    "Duty",
    "DutyHolder",
    "EarlyCheck",
    "Erasure",
    "Evidence",
    "Finding",
    "Generation",
    "Goal",
    "Guideline",
    "GuidelineAcceptance",
    "GuidelineCase",
    "GuidelineSection",
    "GuidelineVersion",
    "HandbookPage",
    "HandbookVersion",
    "Headcount",
    "Helper",
    "Incident",
    "IncidentEntry",
    "IncidentPerson",
    "Interest",
    "Invitation",
    "Item",
    "ItemField",
    "ItemScore",
    "LeitbildBallot",
    "LeitbildVersion",
    "LeitbildWorkshop",
    "Lesson",
    "Membership",
    "Milestone",
    "Move",
    "NeededDocument",
    "Offer",
    "Pairing",
    "PairingCard",
    "Participant",
    "Phase",
    "PhaseChange",
    "PlanTemplate",
    "PlanVersion",
    "Profile",
    "ProfileCheck",
    "Program",
    "ReadinessRound",
    "RemovedPhase",
    "Review",
    "ReviewAction",
    "ReviewPoint",
    "Risk",
    "Roster",
    "Seat",
    "Sketch",
    "Span",
    "Stakeholder",
    "StandingCount",
    "Step",
    "StepDone",
    "StepText",
    "TemplateUse",
]
