from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class GuideVerb(TextChoices):
    MADE = "guide.made", _("made a first concept with the guide")
    CONCEPT_CHANGED = "guide.concept_changed", _("changed the concept")
    DOCUMENT_ADDED = "guide.document_added", _("added a document that the program needs")
    DOCUMENT_CHANGED = "guide.document_changed", _("changed a document that the program needs")
    DOCUMENT_DELETED = "guide.document_deleted", _("deleted a document that the program needs")
    DOCUMENT_RESTORED = "guide.document_restored", _("restored a document that the program needs")
