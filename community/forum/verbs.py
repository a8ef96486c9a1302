"""What hosts do here, as the journal keeps it. What people write is not among it: the forum itself shows it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ForumVerb(TextChoices):
    OPENED = "forum.opened", _("opened the forum")
