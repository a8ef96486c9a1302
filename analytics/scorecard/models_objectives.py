from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.kit.deleting import Deletable, DeletableQuerySet
from core.kit.drawn import in_turn
from programs.membership.models import Program


class Objective(Deletable):
    """What a program wants to have reached by the end of a quarter, in words; its key results say how one will know."""

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    quarter = models.DateField(_("quarter"))  # its first day
    text = models.CharField(_("objective"), max_length=120)
    place = models.PositiveSmallIntegerField(_("place in the list"), default=1)

    objects = DeletableQuerySet["Objective"].as_manager()

    class Meta:
        ordering: ClassVar = ["quarter", "place", "pk"]
        indexes: ClassVar = [models.Index(fields=["program", "quarter"], name="objectives_of_quarter")]

    def __str__(self) -> str:
        return self.text


class KeyResult(Deletable):
    """From where to where: a figure of the catalogue, or a number told by hand. Shares are kept as ratios."""

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)
    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="results")
    text = models.CharField(_("key result"), max_length=120)
    kpi = models.CharField(_("figure"), max_length=40, blank=True)  # a key of the catalogue; none: told by hand
    unit = models.CharField(_("unit"), max_length=20, blank=True)  # of what is told by hand
    start = models.DecimalField(_("start"), max_digits=16, decimal_places=4, null=True, blank=True)
    target = models.DecimalField(_("target"), max_digits=16, decimal_places=4)
    place = models.PositiveSmallIntegerField(_("place in the list"), default=1)

    objects = DeletableQuerySet["KeyResult"].as_manager()

    class Meta:
        ordering: ClassVar = ["place", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(start=None) | ~Q(start=F("target")), name="a_result_leads_somewhere"),
            models.CheckConstraint(condition=~Q(kpi="") | Q(start__isnull=False), name="told_by_hand_has_a_start"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def quarter(self) -> date:
        return self.objective.quarter


class CheckIn(Deletable):
    """How a key result stands, in words; with its number where that is told by hand. Only added, never changed."""

    class Outlook(models.TextChoices):
        ON_COURSE = "on_course", _("on course")
        AT_RISK = "at_risk", _("at risk")
        NEEDS_HELP = "needs_help", _("needs help")
        GIVEN_UP = "given_up", _("given up")

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)
    result = models.ForeignKey(KeyResult, on_delete=models.CASCADE, related_name="check_ins")
    outlook = models.CharField(_("outlook"), max_length=10, choices=Outlook, default=Outlook.ON_COURSE)
    value = models.DecimalField(_("number"), max_digits=16, decimal_places=4, null=True, blank=True)
    text = models.TextField(_("words"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = DeletableQuerySet["CheckIn"].as_manager()

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.result_id} {self.outlook}"
