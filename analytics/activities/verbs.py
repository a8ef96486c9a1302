"""What is done here, as the journal keeps it and as the works council reads it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ActivitiesVerb(TextChoices):
    LOGGED = "activities.logged", _("logged an activity")
    EDITED = "activities.edited", _("changed an activity")
    DELETED = "activities.deleted", _("deleted an activity")
    RESTORED = "activities.restored", _("took the deletion of an activity back")
