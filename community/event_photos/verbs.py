"""What hosts do, as the journal keeps it. What people add, agree to or refuse is in no journal."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class EventPhotosVerb(TextChoices):
    REMOVED = "event_photos.removed", _("removed or restored a photo of an event")
    KEPT = "event_photos.kept", _("kept a reported photo of an event, or took that back")
