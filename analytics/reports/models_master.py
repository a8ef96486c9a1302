from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.attachments.models import Attachment
from core.kit.deleting import Deletable, DeletableQuerySet
from core.kit.drawn import in_turn
from programs.membership.models import Program


class ReportMaster(Deletable):
    """The company's own slides that a program's reports are made on: layouts and theme, without a slide."""

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    file = models.ForeignKey(Attachment, on_delete=models.CASCADE, related_name="+", verbose_name=_("file"))
    offers = models.JSONField()  # which layouts are used and where there is room on them (`master_reading`)

    objects = DeletableQuerySet["ReportMaster"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["program"], condition=Q(deleted_at=None), name="one_master_of_a_program")
        ]

    def __str__(self) -> str:
        return self.file.name
