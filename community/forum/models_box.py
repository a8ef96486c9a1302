import uuid
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.kit.owner import USUAL
from programs.membership.models import Program


def today() -> date:
    """The day of the box, the same for everybody: in the time zone of whoever asks it would tell where they sit."""
    return timezone.localdate(timezone=timezone.get_default_timezone())


class BoxQuestion(models.Model):
    """A question without a name. Nothing in this row, and nothing beside it, leads to who asked: no person, no time but
    the day, a random number. Hosts see it from the next day on, when the day's rows were shuffled."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=140)
    text = models.TextField(blank=True)
    day = models.DateField()
    is_shuffled = models.BooleanField(default=False)

    database_may = (*USUAL, "TRUNCATE")  # see `shuffling`

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(title=""), name="a_box_question_asks_something")]

    def __str__(self) -> str:
        return self.title
