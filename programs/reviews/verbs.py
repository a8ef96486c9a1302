"""What is done here, as the journal keeps it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ReviewsVerb(TextChoices):
    PLANNED = "reviews.planned", _("planned a review")
    WRITTEN = "reviews.written", _("wrote in the record of a review")
    AGENDA_CHANGED = "reviews.agenda_changed", _("changed the agenda of a review")
    CLOSED = "reviews.closed", _("closed a review")
    REOPENED = "reviews.reopened", _("reopened a review")
    DELETED = "reviews.deleted", _("deleted a review")
    RESTORED = "reviews.restored", _("restored a review")
    ACTION_ADDED = "reviews.action_added", _("agreed an action")
    ACTION_DONE = "reviews.action_done", _("ticked off an action")
    ACTION_REOPENED = "reviews.action_reopened", _("reopened an action")
    ACTION_DELETED = "reviews.action_deleted", _("deleted an action")
    ACTION_RESTORED = "reviews.action_restored", _("restored an action")
