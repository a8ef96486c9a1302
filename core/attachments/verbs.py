"""What is done here, as the journal keeps it and as the works council reads it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AttachmentsVerb(TextChoices):
    ADDED = "attachments.added", _("added a file")
    DELETED = "attachments.deleted", _("deleted a file")
    RESTORED = "attachments.restored", _("restored a deleted file")
