from django.utils.translation import gettext_lazy as _

from core.kit.rooms import Action, PublicNumber, Room, Subject, Tab, Tile
from programs.casting import jobs, letters, mergers, queries, services, signs
from programs.casting.models import Call
from programs.casting.verbs import CastingVerb
from programs.membership.access import Ability
from programs.membership.models import Role

ROOM = Room(
    name="programs.casting",
    numbers=(
        PublicNumber("people who declared an interest", "signs.interested", "guarded", ("programs:early_check",)),
        PublicNumber("people who had shown interest", "mix_kept.interest_range", "guarded", ("programs:casting",)),
        PublicNumber("people with a place, by what they gave", "mix_kept.in_ranges", "guarded", ("programs:staying",)),
    ),
    verbs=CastingVerb,
    concerns={
        CastingVerb.LINK_CHANGED: _("The public link of an open call has been turned on or off: %(thing)s."),
    },
    belongs_to=("people", "home"),
    signs=signs.SIGNS,
    tabs=(
        Tab("people", _("Open calls"), "programs:casting", Ability.MANAGE_PEOPLE, 40),
        Tab("people", _("Who stays"), "programs:staying", Ability.MANAGE_PEOPLE, 50),
    ),
    actions=(
        Action(
            _("Open calls"),
            "programs:casting",
            Ability.MANAGE_PEOPLE,
            52,
            _("casting call interest shortlist poster mix"),
            "flag",
        ),
        Action(
            _("Who stays, and the mix"),
            "programs:staying",
            Ability.MANAGE_PEOPLE,
            53,
            _("retention curve diversity generation"),
            "chart-line",
        ),
    ),
    tiles=(Tile("programs/casting/_tile.html", frozenset({Role.MANAGER}), queries.tile, 25),),
    subjects=(
        Subject(Call, _("open call")),  # no address: who reads the log may not open the shortlist
    ),
    on_merger=(mergers.MERGER,),
    keeps_generation=(mergers.keeps,),
    withholds={letters.CONFIRM: letters.is_withheld, letters.ANSWER: letters.is_withheld},
    on_erasure=(services.forget_everywhere,),
    retention=(jobs.retention,),
)
