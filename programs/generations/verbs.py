"""What is done here, as the journal keeps it and as the works council reads it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class GenerationsVerb(TextChoices):
    STARTED = "generations.started", _("created a generation")
    CHANGED = "generations.changed", _("changed a generation")
    CLOSED = "generations.closed", _("closed a generation")
    REOPENED = "generations.reopened", _("reopened a generation")
    STEP_CHANGED = "generations.step_changed", _("changed a step of the onboarding")
    STEP_ADDED = "generations.step_added", _("added a step to the onboarding")
    STEP_REMOVED = "generations.step_removed", _("removed a step from the onboarding")
    STEP_RESTORED = "generations.step_restored", _("restored a step of the onboarding")
    STEPS_ORDERED = "generations.steps_order", _("changed the order of the onboarding")
    ROSTER_READ = "generations.roster_read", _("read a list of people to invite")
    INVITED = "generations.invited", _("invited people")
    INVITATION_RESENT = "generations.invitation_resent", _("sent an invitation again")
    INVITATION_REVOKED = "generations.invitation_revoked", _("withdrew an invitation")
    INVITATION_RESTORED = "generations.invitation_restored", _("renewed a withdrawn invitation")
