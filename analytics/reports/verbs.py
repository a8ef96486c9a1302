"""What is done here, as the journal keeps it and as the works council reads it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ReportsVerb(TextChoices):
    MADE = "reports.made", _("froze a report")
    READ = "reports.read", _("opened a report")
    DOWNLOADED = "reports.downloaded", _("downloaded a report as PDF")
    TAKEN_AS_DATA = "reports.data", _("downloaded a report as data")
    DELETED = "reports.deleted", _("deleted a report")
    RESTORED = "reports.restored", _("restored a deleted report")
