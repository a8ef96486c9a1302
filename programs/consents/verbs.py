"""What is done here, as the journal keeps it and as the works council reads it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ConsentsVerb(TextChoices):
    GRANTED = "consents.granted", _("granted a consent")
    WITHDRAWN = "consents.withdrawn", _("withdrew a consent")
