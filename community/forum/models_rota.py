from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programs.membership.models import Program


class Duty(models.Model):
    """Who looks after the forum in a week. A plan among hosts: nothing is measured by it."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+", db_index=False)
    week = models.DateField()  # its Monday
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("host"))

    class Meta:
        ordering: ClassVar = ["week"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["program", "week"], name="one_host_per_week"),
            models.CheckConstraint(condition=Q(week__iso_week_day=1), name="a_week_begins_on_monday"),
        ]

    def __str__(self) -> str:
        return f"{self.week}"
