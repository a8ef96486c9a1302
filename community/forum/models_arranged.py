from typing import ClassVar

from django.conf import settings
from django.db import models

from community.forum.models import Post, Topic
from core.kit.drawn import drawn
from programs.membership.models import Program


class Kind(models.TextChoices):
    MERGE = "merge", "merge"
    SPLIT = "split", "split"


class Rearrangement(models.Model):
    """A host put posts of one topic into another one. It can be taken back."""

    id = models.BigIntegerField(primary_key=True, default=drawn, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=5, choices=Kind)
    source = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+")
    target = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+")
    source_answer = models.ForeignKey(Post, on_delete=models.SET_NULL, null=True, related_name="+")  # as it was marked
    target_answer = models.ForeignKey(Post, on_delete=models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(source=models.F("target")), name="posts_move_between_two_topics")
        ]

    def __str__(self) -> str:
        return self.kind


class FormerPlace(models.Model):
    """Where a post stood before it was moved: its old address leads to where it stands now."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="former", db_index=False)
    number = models.PositiveIntegerField()
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="former")
    step = models.ForeignKey(Rearrangement, on_delete=models.SET_NULL, null=True, related_name="places")

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["topic", "number"], name="one_post_per_former_place")]

    def __str__(self) -> str:
        return f"{self.number}"
