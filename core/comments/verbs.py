"""What is done here, as the journal keeps it and as the works council reads it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CommentsVerb(TextChoices):
    ADDED = "comments.added", _("wrote a comment")
    CHANGED = "comments.changed", _("changed a comment")
    DELETED = "comments.deleted", _("deleted a comment")
    RESTORED = "comments.restored", _("restored a deleted comment")
