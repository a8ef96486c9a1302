from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.kit.deleting import Deletable, DeletableQuerySet
from core.kit.drawn import in_turn
from programs.membership.models import Program


class StrategyAim(Deletable):
    """Something the program wants to reach, in one of four rows, with the figure that shows it and what it feeds."""

    class Perspective(models.TextChoices):
        IMPACT = "impact", _("Impact for the company")
        OTHERS = "others", _("People outside")
        PROCESS = "process", _("Processes and community")
        LEARNING = "learning", _("People and learning")

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    perspective = models.CharField(_("row"), max_length=8, choices=Perspective, default=Perspective.IMPACT)
    text = models.CharField(_("aim"), max_length=80)
    kpi = models.CharField(_("figure"), max_length=40, blank=True)  # a key of the catalogue
    place = models.PositiveSmallIntegerField(_("place in the row"), default=1)
    feeds = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="fed_by")

    objects = DeletableQuerySet["StrategyAim"].as_manager()

    class Meta:
        ordering: ClassVar = ["place", "pk"]

    def __str__(self) -> str:
        return self.text
