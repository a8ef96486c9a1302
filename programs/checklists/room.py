from django.utils.translation import gettext_lazy as _

from core.kit.deleting import Purge
from core.kit.rooms import Action, Place, Room, Search, Subject, Tab
from programs.checklists import charges, jobs, own_fields, queries, services, spots
from programs.checklists.models import Evidence, Item
from programs.checklists.models_asking import ItemScore
from programs.checklists.models_fields import ItemField
from programs.checklists.verbs import ChecklistsVerb
from programs.membership.access import Ability

ROOM = Room(
    name="programs.checklists",
    verbs=ChecklistsVerb,
    belongs_to=("program",),
    places=(Place("program", _("Program"), "route", "programs:timeline", Ability.SEE_PROGRAM, 20),),
    tabs=(
        Tab("program", _("Timeline"), "programs:timeline", Ability.SEE_PROGRAM, 10),
        Tab("program", _("Checklists"), "programs:checklists", Ability.WORK_ON_CHECKLISTS, 20),
    ),
    actions=(
        Action(_("Timeline"), "programs:timeline", Ability.SEE_PROGRAM, 20, icon="route"),
        Action(_("Checklists"), "programs:checklists", Ability.WORK_ON_CHECKLISTS, 21, icon="checklist"),
        Action(_("Own fields of checklist items"), "programs:item_fields", Ability.MANAGE_PROGRAM, 62, icon="list"),
    ),
    acts=(queries.acts,),
    searches=(Search(_("Checklist items"), queries.find_items, 20),),
    subjects=(
        Subject(
            Item,
            _("checklist item"),
            "programs:phase_detail",
            place=lambda item: (item.phase_id,),
            reads=("title", "phase"),
        ),
        Subject(ItemField, _("field of the checklist items"), "programs:item_fields", place=lambda field: ()),
        Subject(
            Evidence,
            _("evidence"),
            "programs:phase_detail",
            lambda evidence: str(evidence.item),
            lambda evidence: (evidence.item.phase_id,),
            ("item",),
        ),
    ),
    charges=charges.CHARGES,
    retention=(
        Purge(Item, along=services.forget_on_items),
        Purge(Evidence, along=services.forget_files),
        Purge(ItemScore),
        Purge(ItemField, along=own_fields.forget_values),
        jobs.retention,
    ),
    spots={"evidence": spots.evidence, "item": spots.item, "phase": spots.phase},
)
