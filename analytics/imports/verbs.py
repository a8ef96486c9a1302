"""What is done here, as the journal keeps it and as the works council reads it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ImportsVerb(TextChoices):
    STARTED = "imports.started", _("uploaded a file with figures")
    ANSWERED = "imports.answered", _("answered a question about a file")
    DISCARDED = "imports.discarded", _("discarded an uploaded file")
    APPLYING = "imports.applying", _("asked for figures to be stored")
    UNDOING = "imports.undoing", _("asked for an import to be undone")
    APPLIED = "imports.applied", _("stored the figures of a file")
    UNDONE = "imports.undone", _("undid an import")
