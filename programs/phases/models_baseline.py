"""The plan as it was on a day, to compare what is planned now with it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.kit.deleting import Deletable, DeletableQuerySet
from core.kit.drawn import in_turn
from programs.membership.models import Program


class Baseline(Deletable):
    """When each phase was to start and end, as somebody froze it. Never changed; the latest one counts."""

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    dates = models.JSONField()  # {phase: [start, end]}
    frozen_at = models.DateTimeField(_("frozen on"), auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = DeletableQuerySet["Baseline"].as_manager()

    class Meta:
        ordering: ClassVar = ["-frozen_at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["program", "-frozen_at"], name="baselines_of_program")]

    def __str__(self) -> str:
        return str(self.frozen_at)
