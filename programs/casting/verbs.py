"""What is done here, as the journal keeps it and as the works council reads it. Nobody who showed interest is in it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CastingVerb(TextChoices):
    CALL_WRITTEN = "casting.call_written", _("wrote an open call")
    CALL_CHANGED = "casting.call_changed", _("changed an open call")
    LINK_CHANGED = "casting.link_changed", _("changed the public link of an open call")
    VIEWED = "casting.viewed", _("viewed who has shown interest")
    ANSWERED = "casting.answered", _("answered those who have shown interest")
