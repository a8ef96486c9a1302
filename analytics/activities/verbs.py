from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ActivitiesVerb(TextChoices):
    """What the program says about its log. What somebody logs is in no journal."""

    TOPIC_ADDED = "activities.topic_added", _("added a topic for the log")
    TOPIC_REMOVED = "activities.topic_removed", _("removed a topic for the log")
    TOPIC_RESTORED = "activities.topic_restored", _("restored a topic for the log")
