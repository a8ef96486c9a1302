from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class GuideVerb(TextChoices):
    MADE = "guide.made", _("created a first concept with the guide")
    CONCEPT_CHANGED = "guide.concept_changed", _("changed the concept")
    DOCUMENT_ADDED = "guide.document_added", _("added a document that the program needs")
    DOCUMENT_CHANGED = "guide.document_changed", _("changed a document that the program needs")
    DOCUMENT_DELETED = "guide.document_deleted", _("deleted a document that the program needs")
    DOCUMENT_RESTORED = "guide.document_restored", _("restored a document that the program needs")
    EXPERIENCE_TAKEN = "guide.experience_taken", _("took over experience from another program")
    CHECKS_PLANNED = "guide.checks_planned", _("planned the checks of the first 90 days")
    CHECK_HELD = "guide.check_held", _("wrote down a check of the first 90 days")
    CHECK_MOVED = "guide.check_moved", _("moved a check of the first 90 days")
    CHECK_LEFT_OUT = "guide.check_left_out", _("skipped a check of the first 90 days")
    CHECK_RESUMED = "guide.check_resumed", _("resumed a check of the first 90 days")
