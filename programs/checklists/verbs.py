"""What is done here, as the journal keeps it and as the works council reads it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ChecklistsVerb(TextChoices):
    ITEMS_MOVED = "checklists.items_moved", _("moved the open items of a phase along with it")
    ITEM_TICKED = "checklists.item_ticked", _("ticked a checklist item")
    ITEM_REOPENED = "checklists.item_reopened", _("reopened a checklist item")
    ITEM_NOT_APPLICABLE = "checklists.item_not_applicable", _("marked a checklist item not applicable")
    ITEM_ADDED = "checklists.item_added", _("added a checklist item")
    ITEM_CHANGED = "checklists.item_changed", _("changed a checklist item")
    BATCH_UNDONE = "checklists.batch_undone", _("undid changes to checklist items")
    ITEM_DELETED = "checklists.item_deleted", _("deleted a checklist item")
    ITEM_RESTORED = "checklists.item_restored", _("restored a deleted checklist item")
    ITEM_SCORED = "checklists.item_scored", _("rated how well something works")
    SCORE_DELETED = "checklists.score_deleted", _("deleted a rating of how well something works")
    SCORE_RESTORED = "checklists.score_restored", _("restored a deleted rating of how well something works")
    FIELD_ADDED = "checklists.field_added", _("added a field to the checklist items")
    FIELD_CHANGED = "checklists.field_changed", _("changed a field of the checklist items")
    FIELD_DELETED = "checklists.field_deleted", _("deleted a field of the checklist items")
    FIELD_RESTORED = "checklists.field_restored", _("restored a deleted field of the checklist items")
    EVIDENCE_ADDED = "checklists.evidence_added", _("added evidence")
    EVIDENCE_DELETED = "checklists.evidence_deleted", _("deleted evidence")
    EVIDENCE_RESTORED = "checklists.evidence_restored", _("restored deleted evidence")
