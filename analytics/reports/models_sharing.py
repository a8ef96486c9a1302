from typing import ClassVar

from django.conf import settings
from django.db import models

from analytics.reports.models import Report
from core.kit.deleting import Deletable, DeletableQuerySet
from core.kit.drawn import in_turn


class ReportLink(Deletable):
    """An address under which a report can be read without signing in until a day. Only its hash is kept."""

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    ends_on = models.DateField()  # the last day
    opened = models.PositiveIntegerField(default=0)  # how often, and nothing of who
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = DeletableQuerySet["ReportLink"].as_manager()

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.report_id} {self.ends_on}"
