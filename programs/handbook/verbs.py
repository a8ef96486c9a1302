from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class HandbookVerb(TextChoices):
    STARTED = "handbook.started", _("started the handbook from the template")
    ADDED = "handbook.added", _("added a page of the handbook")
    EDITED = "handbook.edited", _("changed a page of the handbook")
    ARRANGED = "handbook.arranged", _("changed who maintains a page of the handbook, or where it belongs")
    APPROVED = "handbook.approved", _("approved a page of the handbook")
    APPROVAL_TAKEN_BACK = "handbook.approval_taken_back", _("withdrew the approval of a page of the handbook")
    SHOWN_TO_GUESTS = "handbook.shown_to_guests", _("showed a page of the handbook to guests")
    HIDDEN_FROM_GUESTS = "handbook.hidden_from_guests", _("no longer shows a page of the handbook to guests")
    DELETED = "handbook.deleted", _("deleted a page of the handbook")
    RESTORED = "handbook.restored", _("restored a page of the handbook")
    DECIDED = "handbook.decided", _("recorded a decision")
    DECISION_CHANGED = "handbook.decision_changed", _("changed a recorded decision")
    DECISION_DELETED = "handbook.decision_deleted", _("deleted a recorded decision")
    DECISION_RESTORED = "handbook.decision_restored", _("restored a recorded decision")
