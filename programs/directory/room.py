from django.utils.translation import gettext_lazy as _

from core.kit.rooms import Action, Belonging, Deed, Place, PublicNumber, Room, Search
from programs.consents.models import Purpose
from programs.directory import access, leaving, queries, services
from programs.directory.apart import told_apart
from programs.membership.access import Ability

ROOM = Room(
    name="programs.directory",
    numbers=(PublicNumber("people who offer or seek a topic", "queries.topics", "named", ("programs:directory",)),),
    belongs_to=("directory",),
    places=(
        Place(
            "directory",
            _("Directory"),
            "user-search",
            "programs:directory",
            Ability.SEE_DIRECTORY,
            36,
            not_on_phone_with="forum",  # its page leads there
        ),
    ),
    actions=(
        Action(
            _("Directory of members"),
            "programs:directory",
            Ability.SEE_DIRECTORY,
            42,
            _("people who can help expert find somebody"),
            "user-search",
        ),
        Action(
            _("What I show about myself"),
            "programs:profile_edit",
            Ability.APPEAR_IN_DIRECTORY,
            43,
            _("my profile photo pronouns languages"),
            "user-circle",
        ),
    ),
    searches=(Search(_("Directory"), queries.find_members, 48),),
    steps={"profile_shown": Deed(_("shows a page in the directory"), queries.shown_by, "programs:profile_edit")},
    on_consent={Purpose.DIRECTORY: (services.follow_consent,)},
    belongings=(
        Belonging(frozenset({Purpose.PARTICIPATION, Purpose.DIRECTORY}), leaving.kept, leaving.forget_person, order=35),
    ),
    on_person_changed=(services.person_changed,),
    on_erasure=(leaving.forget_everywhere,),
    retention=(leaving.retention,),
    pages_of_people=queries.pages_among,
    told_apart=told_apart,
    spots={services.KIND: access.get_spot},
    unlogged_spots=(services.KIND,),
)
