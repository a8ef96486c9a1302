from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ReadinessVerb(TextChoices):
    OPENED = "readiness.opened", _("opened a readiness survey")
    MOVED = "readiness.moved", _("changed the last day of a readiness survey")
    CLOSED = "readiness.closed", _("closed a readiness survey")
