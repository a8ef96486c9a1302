"""What is done here, as the journal keeps it. What somebody answered is in no journal."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class EventsVerb(TextChoices):
    PLANNED = "events.planned", _("planned an event")
    EDITED = "events.edited", _("changed an event")
    ANNOUNCED = "events.announced", _("announced an event")
    CANCELLED = "events.cancelled", _("cancelled an event")
    REOPENED = "events.reopened", _("undid the cancellation of an event")
    COUNTED = "events.counted", _("recorded how many attended an event")
    FOLLOWED_UP = "events.followed_up", _("sent the follow-up of an event")
