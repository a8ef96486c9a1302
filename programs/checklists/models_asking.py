"""Items that are asked again: how well it works now, answered by who works on it and kept over time."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.kit.deleting import Deletable, DeletableQuerySet
from core.kit.drawn import drawn
from programs.checklists.models import Item

HOW_WELL = ((1, _("not at all")), (2, _("hardly")), (3, _("partly")), (4, _("mostly")), (5, _("well")))


class ItemScoreQuerySet(DeletableQuerySet["ItemScore"]):
    pass


class ItemScore(Deletable):
    """How well something worked on a day, as one of the team saw it. A second answer on the same day replaces it."""

    id = models.BigIntegerField(primary_key=True, default=drawn, editable=False)
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="scores")
    on = models.DateField(_("day"))
    score = models.PositiveSmallIntegerField(_("How well does it work now?"), choices=HOW_WELL)
    note = models.CharField(_("Note"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = ItemScoreQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["on", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "by", "on"], name="one_score_of_an_item_a_day"),
            models.CheckConstraint(condition=models.Q(score__range=(1, 5)), name="item_score_is_on_the_scale"),
        ]

    def __str__(self) -> str:
        return f"{self.on}: {self.score}"
