from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.kit.deleting import Deletable, DeletableQuerySet
from core.kit.drawn import in_turn
from core.kit.words import WordsField
from programs.membership.models import Program


class TimelineNote(Deletable):
    """What happened on a day or in a week, in a few words: a mark on every chart over time."""

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    on = models.DateField(_("day"))  # of a week its Monday
    is_week = models.BooleanField(_("whole week"), default=False)
    text = WordsField(_("note"), max_length=80)

    objects = DeletableQuerySet["TimelineNote"].as_manager()

    class Meta:
        ordering: ClassVar = ["on", "pk"]
        indexes: ClassVar = [models.Index(fields=["program", "on"], name="notes_of_a_time_line")]

    def __str__(self) -> str:
        return self.text
