"""What is done here, as the journal keeps it and as the works council reads it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PhasesVerb(TextChoices):
    TEMPLATE_COPIED = "phases.template_copied", _("copied the phases of a template")
    EDITED = "phases.edited", _("changed a phase")
    MOVED = "phases.moved", _("moved a phase")
    DATES_MOVED = "phases.dates_moved", _("moved the upcoming dates of a phase along with it")
    STARTED = "phases.started", _("started a phase")
    UNSTARTED = "phases.unstarted", _("undid the start of a phase")
    FINISHED = "phases.finished", _("finished a phase")
    REOPENED = "phases.reopened", _("reopened a phase")
    REPEATED = "phases.repeated", _("planned a second round of a phase")
    ADDED = "phases.added", _("added a phase")
    SPLIT = "phases.split", _("split a phase in two")
    REMOVED = "phases.removed", _("removed a phase")
    RESTORED = "phases.restored", _("restored a removed phase")
    SKIPPED = "phases.skipped", _("skipped a phase")
    FROZEN = "phases.frozen", _("froze the plan as a baseline")
    UNFROZEN = "phases.unfrozen", _("deleted a baseline")
    DATE_ADDED = "phases.date_added", _("added a date")
    DATE_CHANGED = "phases.date_changed", _("changed a date")
    DATE_DELETED = "phases.date_deleted", _("deleted a date")
    DATE_RESTORED = "phases.date_restored", _("restored a deleted date")
