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
    MOVED = "generations.move_scheduled", _("arranged to move a person to a generation")
    STAYED = "generations.move_unscheduled", _("called off moving a person from a generation")
    MERGED = "generations.merger_scheduled", _("arranged to merge a generation into another one")
    DELETED = "generations.deleted", _("deleted a generation in which nobody was")
    RESTORED = "generations.restored", _("restored a deleted generation")
    UNMERGED = "generations.merger_unscheduled", _("called off merging a generation")
