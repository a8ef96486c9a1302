import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from programs.membership.models import Program


class BoxQuestion(models.Model):
    """A question without a name. Nothing in this row, and nothing beside it, leads to who asked: no person, no time but
    the day, a random number. Hosts see it from the next day on, when the day's rows were shuffled."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=140)
    text = models.TextField(blank=True)
    day = models.DateField()
    is_shuffled = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(title=""), name="a_box_question_asks_something")]

    def __str__(self) -> str:
        return self.title
