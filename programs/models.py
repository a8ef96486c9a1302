from programs.charter.models import BudgetLine, Charter, Commitment, Duty, DutyHolder, Risk, Stakeholder
from programs.chats.models import Channel, ChannelPost
from programs.checklists.models import Evidence, Item
from programs.consents.models import ConsentEvent, Erasure
from programs.directory.models import Offer, Profile
from programs.generations.models import Declined, Generation, Invitation, Participant, Roster, Span, Step, StepDone
from programs.guidelines.models import (
    Guideline,
    GuidelineAcceptance,
    GuidelineCase,
    GuidelineSection,
    GuidelineVersion,
)
from programs.handbook.models import Decision, HandbookPage, HandbookVersion
from programs.membership.models import Goal, Membership, Program
from programs.phases.models import Milestone, Phase, PhaseChange
from programs.support.models import Helper
from programs.support.models_incidents import Incident, IncidentEntry, IncidentPerson, Lesson

__all__ = [
    "BudgetLine",
    "Channel",
    "ChannelPost",
    "Charter",
    "Commitment",
    "ConsentEvent",
    "Decision",
    "Declined",
    "Duty",
    "DutyHolder",
    "Erasure",
    "Evidence",
    "Generation",
    "Goal",
    "Guideline",
    "GuidelineAcceptance",
    "GuidelineCase",
    "GuidelineSection",
    "GuidelineVersion",
    "HandbookPage",
    "HandbookVersion",
    "Helper",
    "Incident",
    "IncidentEntry",
    "IncidentPerson",
    "Invitation",
    "Item",
    "Lesson",
    "Membership",
    "Milestone",
    "Offer",
    "Participant",
    "Phase",
    "PhaseChange",
    "Profile",
    "Program",
    "Risk",
    "Roster",
    "Span",
    "Stakeholder",
    "Step",
    "StepDone",
]
