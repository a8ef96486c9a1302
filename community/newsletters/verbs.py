"""What is done here, as the journal keeps it and as the works council reads it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class NewslettersVerb(TextChoices):
    BEGUN = "newsletters.begun", _("started a newsletter")
    CHANGED = "newsletters.changed", _("changed a newsletter")
    TESTED = "newsletters.tested", _("sent a test newsletter")
    SCHEDULED = "newsletters.scheduled", _("scheduled a newsletter")
    UNSCHEDULED = "newsletters.unscheduled", _("unscheduled a newsletter")
    SENT_NOW = "newsletters.sent_now", _("sent a newsletter")
    STARTED = "newsletters.started", _("started the sending of a newsletter")
    PAUSED = "newsletters.paused", _("paused the sending of a newsletter")
    RESUMED = "newsletters.resumed", _("resumed the sending of a newsletter")
    CANCELLED = "newsletters.cancelled", _("cancelled the sending of a newsletter for good")
    AIMED = "newsletters.aimed", _("chose whom a newsletter is for")
    AUDIENCE_SAVED = "newsletters.audience_saved", _("saved an audience for newsletters")
    AUDIENCE_DELETED = "newsletters.audience_deleted", _("deleted an audience for newsletters")
    AUDIENCE_RESTORED = "newsletters.audience_restored", _("restored an audience for newsletters")
    DELETED = "newsletters.deleted", _("deleted the draft of a newsletter")
    APPROVED = "newsletters.approved", _("approved a newsletter")
    UNAPPROVED = "newsletters.unapproved", _("withdrew the approval of a newsletter")
    RULES_CHANGED = "newsletters.rules_changed", _("changed whether newsletters need a second person's approval")
    RULES_QUESTIONED = (
        "newsletters.rules_questioned",
        _("asked to do without the approval of newsletters"),
    )
    TEMPLATE_SAVED = "newsletters.template_saved", _("saved a newsletter as a template")
    TEMPLATE_DELETED = "newsletters.template_deleted", _("deleted a template for newsletters")
    TEMPLATE_RESTORED = "newsletters.template_restored", _("restored a template for newsletters")
    ARCHIVE_CHANGED = "newsletters.archive_changed", _("changed whether newsletters can be read by everybody")
    PUBLISHED = "newsletters.published", _("let everybody read a newsletter")
    UNPUBLISHED = "newsletters.unpublished", _("no longer lets everybody read a newsletter")
    CLICKS_ON = "newsletters.clicks_on", _("switched on that opened links in newsletters are counted")
    CLICKS_OFF = "newsletters.clicks_off", _("switched off that opened links in newsletters are counted")
    PART_SAVED = "newsletters.part_saved", _("saved a part for newsletters")
    PART_DELETED = "newsletters.part_deleted", _("deleted a part for newsletters")
    PART_RESTORED = "newsletters.part_restored", _("restored a part for newsletters")
    RESTORED = "newsletters.restored", _("restored a deleted newsletter")
