from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OfficeHoursVerb(TextChoices):
    """Who offers hours, and by which rules. What is booked, asked or cancelled is nobody else's business, and so is
    when a host is not there."""

    OFFERED = "office_hours.offered", _("offered office hours")
    CHANGED = "office_hours.changed", _("changed their own office hours")
    BEGAN = "office_hours.began", _("started a drop-in hour")
    CLOSED = "office_hours.closed", _("ended a drop-in hour")
