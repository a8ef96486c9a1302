"""What is done here, as the journal keeps it and as the works council reads it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LibraryVerb(TextChoices):
    SAVED = "library.saved", _("saved a template")
    COPIED = "library.copied", _("copied a template")
    IMPORTED = "library.imported", _("imported a template")
    EDITED = "library.edited", _("changed a template")
    DELETED = "library.deleted", _("deleted a template")
    RESTORED = "library.restored", _("restored a deleted template")
    TAKEN = "library.taken", _("took a template into the program")
    NOTED = "library.noted", _("looked through a newer version of a template")
    UNTAKEN = "library.untaken", _("undid taking a template into the program")
