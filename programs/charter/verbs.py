"""What is done here, as the journal keeps it and as the works council reads it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CharterVerb(TextChoices):
    CHANGED = "charter.changed", _("changed the program charter")
    ROW_ADDED = "charter.row_added", _("added a line to the program charter")
    ROW_CHANGED = "charter.row_changed", _("changed a line of the program charter")
    ROW_DELETED = "charter.row_deleted", _("deleted a line of the program charter")
    ROW_RESTORED = "charter.row_restored", _("restored a line of the program charter")
