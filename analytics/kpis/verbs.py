"""What is done here, as the journal keeps it and as the works council reads it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class KpisVerb(TextChoices):
    TARGETS_SET = "kpis.targets_set", _("changed targets")
