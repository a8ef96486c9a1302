from django.utils.translation import gettext_lazy as _

from core.kit.deleting import Purge
from core.kit.newsletter_blocks import NewsletterBlock
from core.kit.rooms import FirstStep, Room, Search, Subject
from core.kit.templatetags.ui import day
from programs.phases import blocks, chapters, first_steps, queries
from programs.phases.models import Milestone, Phase
from programs.phases.models_baseline import Baseline
from programs.phases.verbs import PhasesVerb

ROOM = Room(
    name="programs.phases",
    verbs=PhasesVerb,
    belongs_to=("program",),
    searches=(Search(_("Phases"), queries.find_phases, 10), Search(_("Dates"), queries.find_dates, 30)),
    first_steps=(
        FirstStep(
            _("Start the first phase"),
            _("The seven phases and their checklists are included; dates can be moved."),
            first_steps.phase,
            10,
        ),
    ),
    chapters=chapters.CHAPTERS,
    newsletter_blocks=(
        NewsletterBlock(
            "dates", _("Upcoming dates"), _("the next five dates of the program"), blocks.dates, icon="calendar-time"
        ),
    ),
    subjects=(
        Subject(Phase, _("phase"), "programs:phase_detail"),
        Subject(Milestone, _("date"), "programs:timeline", place=lambda date: ()),
        Subject(Baseline, _("baseline"), title=lambda row: day(row.frozen_at)),
    ),
    retention=(Purge(Milestone), Purge(Baseline)),
)
