"""What is done here, as the journal keeps it and as the works council reads it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class JourneysVerb(TextChoices):
    MADE = "journeys.made", _("made a journey of letters")
    CHANGED = "journeys.changed", _("changed a journey of letters")
    TURNED_ON = "journeys.turned_on", _("turned a journey of letters on")
    TURNED_OFF = "journeys.turned_off", _("turned a journey of letters off")
    DELETED = "journeys.deleted", _("deleted a journey of letters")
    RESTORED = "journeys.restored", _("restored a journey of letters")
    LETTER_MADE = "journeys.letter_made", _("added a letter to a journey")
    LETTER_CHANGED = "journeys.letter_changed", _("changed a letter of a journey")
    LETTER_DELETED = "journeys.letter_deleted", _("deleted a letter of a journey")
    LETTER_RESTORED = "journeys.letter_restored", _("restored a letter of a journey")
    TESTED = "journeys.tested", _("sent a test of a letter of a journey")
