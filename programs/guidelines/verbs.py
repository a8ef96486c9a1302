"""What is done here, as the journal keeps it. Who agreed to a version is in no journal."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class GuidelinesVerb(TextChoices):
    STARTED = "guidelines.started", _("started the guidelines")
    WRITTEN = "guidelines.written", _("wrote a section of the guidelines")
    CASE_ADDED = "guidelines.case_added", _("added a case to the guidelines")
    CASE_CHANGED = "guidelines.case_changed", _("changed a case in the guidelines")
    CASE_DELETED = "guidelines.case_deleted", _("deleted a case from the guidelines")
    CASE_RESTORED = "guidelines.case_restored", _("restored a deleted case")
    DESCRIBED = "guidelines.described", _("changed who is responsible for the guidelines")
    CHECKED = "guidelines.checked", _("checked the guidelines again")
    PUBLISHED = "guidelines.published", _("published a version of the guidelines")
