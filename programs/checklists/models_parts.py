"""Phases that were removed, kept for a month so that they can be restored."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.kit.drawn import in_turn
from programs.membership.models import Program
from programs.phases.models import Phase


class RemovedPhase(models.Model):
    """What a phase was, with its history, and what of it was carried over to where."""

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    phase_pk = models.BigIntegerField()
    content = models.JSONField()  # its fields
    history = models.JSONField(_("history"), default=list)  # [{kind, reason, decision, by, at}]
    into = models.ForeignKey(Phase, on_delete=models.SET_NULL, null=True, related_name="+")
    items = ArrayField(models.BigIntegerField(), default=list, blank=True)
    milestones = ArrayField(models.BigIntegerField(), default=list, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return str(self.phase_pk)
