from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PulsesVerb(TextChoices):
    PLANNED = "pulses.planned", _("planned a pulse")
    DELETED = "pulses.deleted", _("deleted a planned pulse")
    RESTORED = "pulses.restored", _("restored a planned pulse")
    CLOSED = "pulses.closed", _("closed a pulse")
    PUBLISHED = "pulses.published", _("published the result of a pulse")
    CONSEQUENCE = "pulses.consequence", _("wrote what becomes of a pulse")
