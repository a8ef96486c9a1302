from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.kit import cldr
from core.kit.deleting import Deletable, DeletableQuerySet
from core.kit.drawn import in_turn
from programs.membership.models import Program


class CompanySpend(Deletable):
    """What the company spent on its own accounts in a month: the company's figure, no person's."""

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    month = models.DateField(_("month"))  # its first day
    amount = models.DecimalField(_("spent on the company account"), max_digits=12, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3)

    objects = DeletableQuerySet["CompanySpend"].as_manager()

    class Meta:
        ordering: ClassVar = ["-month", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["program", "month"], condition=Q(deleted_at=None), name="one_spend_of_a_month"
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="a_spend_is_not_negative"),
        ]

    def __str__(self) -> str:
        return cldr.written(self.month, "month")


class EquivalentPrice(models.Model):
    """What an advertisement is assumed to cost. Off until a program manager turns it on."""

    program = models.OneToOneField(Program, on_delete=models.CASCADE, primary_key=True, related_name="+")
    is_shown = models.BooleanField(_("advertising equivalent is shown"), default=False)
    per_thousand = models.DecimalField(
        _("assumed price per 1,000 impressions"), max_digits=8, decimal_places=2, null=True
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(is_shown=False) | Q(per_thousand__gt=0), name="an_equivalent_has_a_price"
            )
        ]

    def __str__(self) -> str:
        return str(self.per_thousand or "")
