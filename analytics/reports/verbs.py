"""What is done here, as the journal keeps it and as the works council reads it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ReportsVerb(TextChoices):
    MADE = "reports.made", _("froze a report")
    READ = "reports.read", _("opened a report")
    DOWNLOADED = "reports.downloaded", _("downloaded a report as PDF")
    TAKEN_AS_DATA = "reports.data", _("downloaded a report as data")
    DELETED = "reports.deleted", _("deleted a report")
    AGREED = "reports.agreed", _("agreed to the decision in a report")
    ASKED_BACK = "reports.asked_back", _("asked back about the decision in a report")
    ANSWERED = "reports.answered", _("answered a question about the decision in a report")
    TAKEN_BACK = "reports.taken_back", _("withdrew an answer to the decision in a report")
    GIVEN_AGAIN = "reports.given_again", _("restored a withdrawn answer to the decision in a report")
    TEMPLATE_SAVED = "reports.template_saved", _("saved a template for reports")
    TEMPLATE_EDITED = "reports.template_edited", _("changed a template for reports")
    TEMPLATE_DELETED = "reports.template_deleted", _("deleted a template for reports")
    TEMPLATE_RESTORED = "reports.template_restored", _("restored a template for reports")
    SCHEDULED = "reports.scheduled", _("chose who gets reports, and when")
    SHARED = "reports.link_made", _("shared a report by a link")
    SHARING_ENDED = "reports.sharing_ended", _("ended the link to a report")
    SHARED_AGAIN = "reports.shared_again", _("restored the link to a report")
    RESTORED = "reports.restored", _("restored a deleted report")
    MASTER_ADDED = "reports.master_added", _("added the company's slides for reports")
    MASTER_REMOVED = "reports.master_removed", _("removed the company's slides from the reports")
