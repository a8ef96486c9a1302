"""What is done here, as the journal keeps it and as the works council reads it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OperateVerb(TextChoices):
    WAY_SENT = "operate.way_sent", _("sent somebody a new sign-in link")
    RESCUE_ASKED = "operate.rescue_asked", _("asked to remove the lost second factors of an account")
    RESCUE_CONFIRMED = "operate.rescue_confirmed", _("confirmed that lost second factors are removed")
    RESCUE_STOPPED = "operate.rescue_stopped", _("stopped the removal of second factors")
    JOB_RUN = "operate.job_run", _("started a periodic job by hand")
    JOB_OFF = "operate.job_off", _("switched a periodic job off")
    JOB_ON = "operate.job_on", _("switched a periodic job on again")
    RELEASED = "operate.released", _("released the site after its database was restored")
    TEXT_CHANGED = "operate.text_changed", _("changed the imprint or the privacy notice")
