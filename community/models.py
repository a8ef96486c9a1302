from community.barcamp.models import Barcamp, CampRoom, CampSession, CampSlot, Proposal, ProposalVote
from community.event_photos.models import EventPhoto, PhotoPerson, PhotoReport
from community.events.models import Answer, Event
from community.events.models_after import Attendance, Feedback
from community.events.models_guests import Guest
from community.events.models_mail import AnswerMail
from community.forum.models import Board, Post, PostVersion, Reaction, Reading, Report, Topic, Visitor
from community.forum.models_arranged import FormerPlace, Rearrangement
from community.forum.models_box import BoxQuestion
from community.forum.models_health import LifeCycle, Pulse
from community.forum.models_linked import LinkCard, PostLink
from community.forum.models_polls import Poll, PollChoice, Vote
from community.forum.models_rituals import Ritual, RitualDay, RitualText
from community.forum.models_rota import Duty
from community.forum.models_wishes import BoardWish
from community.journeys.models import Journey, JourneyLetter, JourneySending
from community.newsletters.models import Delivery, Issue, NewsletterPart, Suppression
from community.newsletters.models_audiences import CountedAudience, SavedAudience
from community.office_hours.models import (
    Absence,
    Booking,
    BusyTime,
    HoursHost,
    HoursWait,
    HoursWindow,
    SpecialDay,
    TakenSlot,
)
from community.office_hours.models_help import HelpWanted
from community.office_hours.models_notes import HourNote, NotesAllowed
from community.office_hours.models_queue import OpenHour, OpenHourHost, Ticket
from community.pulses.models import PulseComment, PulseLetter, PulseMark, PulseRound
from community.recognition.models import Kudos, Portrait
from community.world_cafe.models import Cafe, CafeNote, CafeTable

__all__ = [
    "Absence",
    "Answer",
    "AnswerMail",
    "Attendance",
    "Barcamp",
    "Board",
    "BoardWish",
    "Booking",
    "BoxQuestion",
    "BusyTime",
    "Cafe",
    "CafeNote",
    "CafeTable",
    "CampRoom",
    "CampSession",
    "CampSlot",
    "CountedAudience",
    "Delivery",
    "Duty",
    "Event",
    "EventPhoto",
    "Feedback",
    "FormerPlace",
    "Guest",
    "HelpWanted",
    "HourNote",
    "HoursHost",
    "HoursWait",
    "HoursWindow",
    "Issue",
    "Journey",
    "JourneyLetter",
    "JourneySending",
    "Kudos",
    "LifeCycle",
    "LinkCard",
    "NewsletterPart",
    "NotesAllowed",
    "OpenHour",
    "OpenHourHost",
    "PhotoPerson",
    "PhotoReport",
    "Poll",
    "PollChoice",
    "Portrait",
    "Post",
    "PostLink",
    "PostVersion",
    "Proposal",
    "ProposalVote",
    "Pulse",
    "PulseComment",
    "PulseLetter",
    "PulseMark",
    "PulseRound",
    "Reaction",
    "Reading",
    "Rearrangement",
    "Report",
    "Ritual",
    "RitualDay",
    "RitualText",
    "SavedAudience",
    "SpecialDay",
    "Suppression",
    "TakenSlot",
    "Ticket",
    "Topic",
    "Visitor",
    "Vote",
]
