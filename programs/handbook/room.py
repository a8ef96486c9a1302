from django.utils.translation import gettext_lazy as _

from core.kit.deleting import Purge
from core.kit.newsletter_blocks import NewsletterBlock
from core.kit.references import Reference
from core.kit.rooms import Action, Chapter, Room, Search, Subject, Tab, Tile
from programs.handbook import access, blocks, charges, decision_chapter, queries, services, tile
from programs.handbook.models import Decision, HandbookPage
from programs.handbook.verbs import HandbookVerb
from programs.membership.access import Ability
from programs.membership.models import Role

ROOM = Room(
    name="programs.handbook",
    verbs=HandbookVerb,
    belongs_to=("program",),
    tabs=(Tab("program", _("Handbook"), "programs:handbook", Ability.SEE_PROGRAM, 25),),
    actions=(
        Action(_("Handbook"), "programs:handbook", Ability.SEE_PROGRAM, 31, _("wiki rules how we work"), "book"),
        Action(_("Record a decision"), "programs:decision_new", Ability.WRITE_HANDBOOK, 60, icon="gavel"),
    ),
    searches=(Search(_("Handbook"), queries.find_pages, 35),),
    tiles=(
        Tile("programs/handbook/_tile.html", frozenset({Role.MANAGER, Role.COACH, Role.TEAM}), tile.build, 45),
        Tile("programs/handbook/_to_read.html", frozenset({Role.GUEST}), tile.for_guests, 20, is_wide=True),
    ),
    chapters=(Chapter("decisions", _("Latest decisions"), "programs:decisions", decision_chapter.decisions),),
    subjects=(
        Subject(HandbookPage, _("page of the handbook"), "programs:handbook_page"),
        Subject(Decision, _("decision"), "programs:decisions", place=lambda decision: ()),
    ),
    references=(Reference("page", _("Handbook page"), "book", queries.referred, queries.there),),
    charges=charges.CHARGES,
    retention=(Purge(HandbookPage, along=services.forget_on_pages), Purge(Decision)),
    newsletter_blocks=(
        NewsletterBlock(
            "handbook",
            _("New in the handbook"),
            _("pages published or changed in the last five weeks"),
            blocks.handbook,
            icon="notebook",
        ),
    ),
    spots={access.KIND: access.get_spot, access.FILES: access.get_files_spot},
)
