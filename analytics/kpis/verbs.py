"""What is done here, as the journal keeps it and as the works council reads it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class KpisVerb(TextChoices):
    TARGETS_SET = "kpis.targets_set", _("changed targets")
    SPEND_SET = "kpis.spend_set", _("changed what the company account costs")
    SPEND_REMOVED = "kpis.spend_removed", _("removed what the company account cost in a month")
    EQUIVALENT_SET = "kpis.equivalent_set", _("changed the advertising equivalent")
