from django.utils.translation import gettext_lazy as _

from core.kit.rooms import Action, FirstStep, Room, Search, Subject, Tab
from programs.membership import (
    chapters,
    charges,
    first_steps,
    jobs,
    last_days,
    letters,
    news,
    queries,
    services,
    spots,
)
from programs.membership.access import Ability
from programs.membership.models import Membership
from programs.membership.sender import KIND, writes_as
from programs.membership.verbs import MembershipVerb

ROOM = Room(
    name="programs.membership",
    verbs=MembershipVerb,
    belongs_to=("program",),
    engagements=charges.ENGAGEMENTS,
    tabs=(Tab("program", _("Settings and team"), "programs:program_settings", Ability.SEE_CONFIGURATION, 40),),
    actions=(
        Action(_("Contacts"), "programs:contacts", Ability.SEE_PROGRAM, 30, icon="lifebuoy"),
        Action(
            _("What I look after"),
            "programs:hand_over",
            Ability.SEE_PROGRAM,
            45,
            _("hand over responsibilities deputy leave"),
            "user-check",
        ),
        Action(
            _("Program settings"),
            "programs:program_settings",
            Ability.MANAGE_PROGRAM,
            80,
            icon="adjustments-horizontal",
        ),
        Action(_("Invite somebody to the team"), "programs:member_new", Ability.MANAGE_PROGRAM, 81, icon="user-plus"),
        Action(
            _("Invite a guest"),
            "programs:guest_new",
            Ability.MANAGE_PROGRAM,
            82,
            _("agency trainer external"),
            "user-plus",
        ),
    ),
    searches=(Search(_("People"), queries.find_contacts, 50),),
    first_steps=(
        FirstStep(
            _("Invite the team"),
            _("A deputy, coaches, the core team, the sponsor in management, the works council."),
            first_steps.team,
            20,
        ),
    ),
    chapters=chapters.CHAPTERS,
    news=news.NEWS,
    on_concern=letters.tell_of_concern,
    silent=queries.silent,
    reads_answers=queries.reads_answers,
    writes_as=writes_as,
    spots={KIND: spots.logo},
    unlogged_spots=(KIND,),
    on_person_changed=(services.person_changed,),
    subjects=(
        Subject(
            Membership,
            _("role in the team"),
            "programs:program_settings",
            queries.role_of,
            lambda membership: (),
            ("user",),
            ("role", "user__name"),
        ),
    ),
    retention=(last_days.end_guests, jobs.retention, jobs.forget_team_invitations),
)
