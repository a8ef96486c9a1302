"""What hosts do, as the journal keeps it. What people note down at tables is in no journal."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class WorldCafeVerb(TextChoices):
    ARRANGED = "world_cafe.arranged", _("changed the tables of a World Café")
    REMOVED = "world_cafe.removed", _("removed a note from a World Café")
