"""A survey of how ready the organisation is. Nobody is asked who they are, and nobody's answers are stored: they are
added to the sums of all as they arrive. When a round is closed its result is worked out once, and the sums are
destroyed."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.kit.drawn import in_turn
from programs.membership.models import Program


class ReadinessRound(models.Model):
    """The survey once: a link that is shared, a last day, and in the end a result.

    A row for each answer would tell more than it says: the database itself knows in which order rows came, beside what
    people did in the same second. So there are none, only two columns that are added to.
    """

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=64, unique=True)  # of the public address
    opened_on = models.DateField(_("opened on"))
    closes_on = models.DateField(_("last day"))
    closed_at = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    answered = models.PositiveIntegerField(default=0)  # how many people; while it is open, and told to nobody
    sums = models.JSONField(default=dict)  # by field: what all said added up, and how many statements that were
    result = models.JSONField(null=True)  # means by field, worked out at closing; nothing when too few answered

    class Meta:
        ordering: ClassVar = ["-opened_on", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["program"], condition=Q(closed_at=None), name="one_open_round_a_program"),
            models.CheckConstraint(condition=Q(closes_on__gte=F("opened_on")), name="a_round_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(closed_at=None, result=None) | Q(closed_at__isnull=False, answered=0, sums={}),
                name="a_closed_round_keeps_its_result_alone",
            ),
        ]

    def __str__(self) -> str:
        return str(self.opened_on)
