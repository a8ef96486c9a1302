"""What is done here, as the journal keeps it and as the works council reads it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PrivacyVerb(TextChoices):
    EXPORTED = "privacy.exported", _("exported their own data")
    LOG_VIEWED = "privacy.log_viewed", _("viewed the log")
    LOG_EXPORTED = "privacy.log_exported", _("downloaded the log")
