"""What a program writes down about its items beyond what every program does."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.kit.deleting import Deletable, DeletableQuerySet
from core.kit.drawn import in_turn
from core.kit.words import Titled
from programs.membership.models import Program


class ItemField(Titled, Deletable):
    """A field of one's own, such as a cost centre. An item keeps what was entered under the field's key, so that a
    field that was removed comes back with what stood in it."""

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)

    class Kind(models.TextChoices):
        TEXT = "text", _("short text")
        NUMBER = "number", _("number or amount")
        DATE = "date", _("day")
        CHOICE = "choice", _("one of several choices")

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="item_fields")
    key = models.SlugField(max_length=40)
    kind = models.CharField(max_length=6, choices=Kind)
    choices = ArrayField(models.CharField(max_length=80), default=list, blank=True, verbose_name=_("choices"))
    is_column = models.BooleanField(_("shown as a column of the list"), default=False)

    objects = DeletableQuerySet["ItemField"].as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["program", "key"], name="one_item_field_per_key"),
            models.CheckConstraint(condition=~Q(kind="choice") | ~Q(choices=[]), name="item_field_choice_has_choices"),
        ]
