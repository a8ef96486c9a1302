from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.kit.deleting import Deletable, DeletableQuerySet
from core.kit.drawn import in_turn
from programs.membership.models import Program


class StrategyAim(Deletable):
    """Something the program wants to reach, in one of four rows, with the figure that shows it; lines lead from it."""

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

    objects = DeletableQuerySet["StrategyAim"].as_manager()

    class Meta:
        ordering: ClassVar = ["place", "pk"]

    def __str__(self) -> str:
        return self.text


class StrategyLine(Deletable):
    """One aim leads to another: an assumption of the team, or proven, and then it says by what."""

    source = models.ForeignKey(
        StrategyAim, on_delete=models.CASCADE, related_name="lines", db_column="from_strategyaim_id"
    )
    goal = models.ForeignKey(
        StrategyAim, on_delete=models.CASCADE, related_name="lines_here", db_column="to_strategyaim_id"
    )
    is_proven = models.BooleanField(_("proven"), default=False)
    why = models.CharField(_("what shows it"), max_length=300, blank=True)

    objects = DeletableQuerySet["StrategyLine"].as_manager()

    class Meta:
        db_table = "analytics_strategyaim_feeds"  # the pairs were there before the words
        unique_together: ClassVar = [("source", "goal")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(is_proven=False) | ~Q(why=""), name="proven_says_by_what"),
            models.CheckConstraint(condition=~Q(source=F("goal")), name="no_aim_leads_to_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.goal_id}"
