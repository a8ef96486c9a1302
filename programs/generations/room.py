from django.utils.translation import gettext_lazy as _

from core.kit.deleting import Purge
from core.kit.newsletter_blocks import NewsletterBlock
from core.kit.rooms import Action, Every, FirstStep, Place, PublicNumber, Room, Search, Subject, Tab
from programs.consents.models import Purpose
from programs.generations import blocks, chapters, charges, first_steps, jobs, letters, news, queries, services, tasks
from programs.generations.models import Generation, Step
from programs.generations.tokens import REASON
from programs.generations.verbs import GenerationsVerb
from programs.membership.access import Ability

TOLD_ON = ("programs:staying", "analytics:dashboard")
ROOM = Room(
    name="programs.generations",
    numbers=(
        PublicNumber("people who are still there, of the latest", "staying._sentence", "named", TOLD_ON),
        PublicNumber("people who are still there, month by month", "staying._cell", "named", TOLD_ON),
    ),
    verbs=GenerationsVerb,
    belongs_to=("people", "home"),
    places=(Place("people", _("People"), "users", "programs:people", Ability.MANAGE_PEOPLE, 30),),
    tabs=(Tab("people", _("Generations"), "programs:people", Ability.MANAGE_PEOPLE, 10),),
    actions=(
        Action(_("Onboarding"), "programs:path", Ability.TAKE_PART, 41, icon="map"),
        Action(_("People and generations"), "programs:people", Ability.MANAGE_PEOPLE, 50, icon="users"),
        Action(_("New generation"), "programs:generation_new", Ability.MANAGE_PEOPLE, 51, icon="plus"),
    ),
    acts=(queries.acts,),
    searches=(Search(_("People"), queries.find_participants, 50),),
    first_steps=(
        FirstStep(
            _("Create the first generation"),
            _("People who start together; you invite them when the pilot starts."),
            first_steps.generation,
            40,
        ),
    ),
    timetable=(
        Every(tasks.sweep, 20, _("Send waiting invitations")),
        Every(tasks.note_deeds, 24 * 3600, _("Record which onboarding steps are done")),
        Every(tasks.count_heads, 24 * 3600, _("Count once a month how many people are in each generation")),
        Every(tasks.remind, 24 * 3600, _("Remind people once of a step of their onboarding")),
        Every(tasks.move_people, 3600, _("Move people to the generation that was arranged")),
    ),
    queue="mail",
    silent=queries.silent,
    news=news.NEWS,
    withholds={REASON: letters.is_withheld},
    chapters=chapters.CHAPTERS,
    newsletter_blocks=(
        NewsletterBlock(
            "contacts", _("Contacts"), _("who helps with questions, problems and crises"), blocks.contacts, icon="users"
        ),
    ),
    on_withdrawal={Purpose.PARTICIPATION: (services.end_participation,)},
    charges=charges.CHARGES,
    subjects=(
        Subject(Generation, _("generation"), title=lambda generation: generation.name),
        Subject(Step, _("step of the onboarding")),
    ),
    retention=(jobs.retention, Purge(Step, but=queries.without_texts), Purge(Generation)),
)
