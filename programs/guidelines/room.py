from django.utils.translation import gettext_lazy as _

from core.kit.deleting import Purge
from core.kit.rooms import Action, Belonging, Deed, PublicNumber, Room, Search, Subject, Tab, Tile
from programs.consents.models import Purpose
from programs.guidelines import chapters, charges, leaving, pages, queries
from programs.guidelines.models import Guideline, GuidelineCase, GuidelineSection, GuidelineVersion
from programs.guidelines.verbs import GuidelinesVerb
from programs.membership.access import Ability
from programs.membership.models import Role
from programs.membership.standing import CountsOf

ROOM = Room(
    name="programs.guidelines",
    numbers=(PublicNumber("people who agreed to a version", "queries.agreed", "steadily", ("programs:guidelines",)),),
    verbs=GuidelinesVerb,
    belongs_to=("program", "home"),
    tabs=(Tab("program", _("Guidelines"), "programs:guidelines", Ability.SEE_PROGRAM, 28),),
    actions=(
        Action(
            _("Guidelines: may I?"),
            "programs:guidelines",
            Ability.SEE_PROGRAM,
            29,
            _("guidelines rules allowed photos confidential social media"),
            "file-text",
        ),
        Action(
            _("Do I have to label this?"),
            "programs:labelling",
            Ability.SEE_PROGRAM,
            30,
            _("labelling advertising ad sponsored law"),
            "tag",
        ),
        Action(
            _("Social Media Guide"),
            "programs:social_guide",
            Ability.SEE_PROGRAM,
            31,
            _("profile photo headline first post LinkedIn check"),
            "user-circle",
        ),
    ),
    acts=(pages.acts,),
    searches=(Search(_("Guidelines"), queries.find, 47),),
    tiles=(Tile("programs/guidelines/_tile.html", frozenset({Role.MANAGER, Role.INFLUENCER}), queries.tile, 7),),
    steps={"guideline_accepted": Deed(_("agrees to the guidelines"), queries.deeds, "programs:guidelines")},
    belongings=(Belonging(frozenset({Purpose.PARTICIPATION}), leaving.kept, leaving.forget_person, order=36),),
    on_erasure=(leaving.forget_everywhere,),
    charges=charges.CHARGES,
    chapters=chapters.CHAPTERS,
    retention=(Purge(GuidelineCase), CountsOf("guideline", GuidelineVersion)),
    subjects=(
        Subject(Guideline, _("guidelines"), "programs:guidelines", place=lambda row: ()),
        Subject(GuidelineSection, _("section of the guidelines"), "programs:guidelines", place=lambda row: ()),
        Subject(GuidelineCase, _("case in the guidelines"), "programs:guidelines", place=lambda row: ()),
    ),
)
