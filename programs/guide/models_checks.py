"""The first 90 days: three days on which somebody looks at signs of the group and decides."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programs.membership.models import Program


class CheckDecision(models.TextChoices):
    CONTINUE = "continue", _("continue as planned")
    CHANGE = "change", _("change the plan")
    PAUSE = "pause", _("pause the program")


class EarlyCheck(models.Model):
    """One of the three: planned, held with a finding and a decision, or left out."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    day = models.PositiveSmallIntegerField(_("day after the start"))  # 30, 60, 90 after the start
    due_on = models.DateField(_("due"))
    finding = models.TextField(blank=True)
    decision = models.CharField(max_length=8, choices=CheckDecision, blank=True)
    held_on = models.DateField(_("held on"), null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    is_left_out = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["day"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["program", "day"], name="one_early_check_a_day"),
            models.CheckConstraint(condition=Q(day__in=(30, 60, 90)), name="early_check_is_on_a_known_day"),
            models.CheckConstraint(
                condition=Q(held_on=None) | (~Q(finding="") & ~Q(decision="")), name="a_check_held_says_what_was_found"
            ),
        ]

    def __str__(self) -> str:
        return str(self.day)

    @property
    def is_open(self) -> bool:
        return self.held_on is None and not self.is_left_out
