"""Which templates a program was made from, and what they said at that time: a later version rewrites nothing."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from core.kit.drawn import in_turn
from programs.membership.models import Program
from programs.phases.models import Phase


class TemplateUse(models.Model):
    """A template was taken into a program, at a version. What came of it is named, so that it can be taken back."""

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="template_uses")
    template_pk = models.BigIntegerField(null=True)  # one of the company's own; those of the product have a key alone
    key = models.SlugField(max_length=60)
    version = models.PositiveIntegerField()
    content = models.JSONField(default=dict)  # as it was taken, or as it was when somebody last looked at the news
    parts = ArrayField(models.SlugField(max_length=60), default=list, blank=True)  # keys of its phases; empty: all
    into = models.ForeignKey(Phase, on_delete=models.SET_NULL, null=True, related_name="+")
    phases = ArrayField(models.BigIntegerField(), default=list, blank=True)  # that were made
    items = ArrayField(models.BigIntegerField(), default=list, blank=True)
    milestones = ArrayField(models.BigIntegerField(), default=list, blank=True)
    fields = ArrayField(models.BigIntegerField(), default=list, blank=True)  # own ones of items that were made
    taken_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-taken_at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["program", "undone_at"], name="template_uses")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(version__gte=1), name="used_template_has_a_version"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.version}"
