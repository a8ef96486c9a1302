from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OfficeHoursVerb(TextChoices):
    """Who offers hours, and by which rules. What is booked, asked or cancelled is nobody else's business, and so is
    when a host is not there."""

    OFFERED = "office_hours.offered", _("offered office hours")
    CHANGED = "office_hours.changed", _("changed the own office hours")
