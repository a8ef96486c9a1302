from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ScorecardVerb(TextChoices):
    ADDED = "scorecard.added", _("added an aim to the strategy map")
    EDITED = "scorecard.edited", _("changed an aim of the strategy map")
    REMOVED = "scorecard.removed", _("removed an aim from the strategy map")
    RESTORED = "scorecard.restored", _("restored an aim of the strategy map")
