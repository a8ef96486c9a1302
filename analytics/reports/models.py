from typing import ClassVar

from django.conf import settings
from django.db import models

from core.kit.deleting import Deletable, DeletableQuerySet
from core.kit.words import WordsField
from programs.membership.models import Program


class ReportQuerySet(DeletableQuerySet["Report"]):
    pass


class Report(Deletable):
    """A frozen snapshot of a month's figures, with its own number and hash. It never changes."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="reports")
    number = models.PositiveIntegerField()
    month = models.DateField()  # its first day
    edition = models.PositiveSmallIntegerField(default=1)
    headline = WordsField(max_length=160, blank=True)
    decision = WordsField(blank=True)
    decision_until = models.DateField(null=True, blank=True)
    data = models.JSONField()  # everything the page and the PDF show
    sha256 = models.CharField(max_length=64)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-month", "-edition"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["program", "number"], name="one_report_per_number"),
            models.UniqueConstraint(fields=["program", "month", "edition"], name="one_report_per_edition"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} ({self.edition})"
