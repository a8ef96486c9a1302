"""How a forum does, and where its community stands. Nothing here belongs to one person."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programs.membership.models import Program


class Pulse(models.Model):
    """What hosts read of the last whole weeks: ranges that have passed the gate, worked out once a week and kept as
    they were said. The exact counts are stored nowhere, and no later coming or going changes them."""

    program = models.OneToOneField(Program, on_delete=models.CASCADE, related_name="+")
    until = models.DateField()  # the Monday after the last week of it
    said = models.JSONField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(until__iso_week_day=1), name="a_pulse_ends_with_a_week"),
        ]

    def __str__(self) -> str:
        return f"{self.until}"


# After the community life cycle of lernOS (CC BY 4.0), in its order.
STAGES = (
    ("idea", _("Idea")),
    ("concept", _("Concept")),
    ("creation", _("Creation")),
    ("ramp_up", _("Ramp-up")),
    ("go_live", _("Go-live")),
    ("working", _("Working")),
    ("check", _("Check")),
    ("changes", _("Changes")),
    ("closing", _("Closing")),
)


class LifeCycle(models.Model):
    """Where a community stands, as its hosts see it, and which of its tasks are looked after. Asked twice a year."""

    program = models.OneToOneField(Program, on_delete=models.CASCADE, related_name="+")
    stage = models.CharField(_("stage"), max_length=8, choices=STAGES, blank=True)
    packages = models.JSONField(default=dict)  # the key of a package: how it stands
    answered_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)  # when hosts were told last that it is time again
    version = models.PositiveIntegerField(default=1)  # optimistic lock

    def __str__(self) -> str:
        return f"{self.stage}"
