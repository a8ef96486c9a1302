"""Templates of phases with checklists that a company made itself, in versions. No person is named in them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from core.kit.deleting import Deletable, DeletableQuerySet
from core.kit.words import Titled
from programs.membership.models import Program


class PlanTemplate(Titled, Deletable):
    """A template, kept by the program that made it; whoever leads this program takes it into others as well."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="plan_templates")
    key = models.SlugField(max_length=60)
    version = models.PositiveIntegerField(default=1)  # the latest
    phase_count = models.PositiveSmallIntegerField(default=0)
    item_count = models.PositiveSmallIntegerField(default=0)
    changed_at = models.DateTimeField(auto_now=True)

    objects = DeletableQuerySet["PlanTemplate"].as_manager()

    class Meta:
        ordering: ClassVar = ["-changed_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["program", "key"], condition=Q(deleted_at=None), name="one_template_per_key"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="template_versions_begin_with_one"),
        ]

    @property
    def ref(self) -> str:
        return str(self.pk)


class PlanVersion(models.Model):
    """What a template said at one time. Never changed."""

    template = models.ForeignKey(PlanTemplate, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["template", "number"], name="one_version_per_number"),
        ]

    def __str__(self) -> str:
        return str(self.number)
