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
    GUESTS_ADDED = "events.guests_added", _("added guests to an event")
    GUESTS_INVITED = "events.guests_invited", _("invited guests to an event")
    GUEST_REMOVED = "events.guest_removed", _("removed a guest from an event")
    GUEST_RESTORED = "events.guest_restored", _("undid the removal of a guest")
