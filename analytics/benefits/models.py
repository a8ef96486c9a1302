from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.kit.deleting import Deletable, DeletableQuerySet
from core.kit.drawn import drawn
from programs.membership.models import Goal, Program


class BenefitQuerySet(DeletableQuerySet["Benefit"]):
    pass


def today() -> date:
    return timezone.localdate()


class Benefit(Deletable):
    """What a person could do because of the program, in the own words. It is told or withdrawn, never changed: nobody
    reads other words than those that somebody agreed to."""

    class Readers(models.TextChoices):
        LEAD = "lead", _("Program managers only")
        MANAGEMENT = "management", _("Program managers and management")
        REPORTS = "reports", _("Also in reports: by email, as a file, by link")
        NEWSLETTER = "newsletter", _("Also in newsletters: for everybody who gets them")

    id = models.BigIntegerField(primary_key=True, default=drawn, editable=False)  # a count tells what others told
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(  # nobody any more: told without a name, by somebody who has left since
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+", verbose_name=_("told by")
    )
    text = models.TextField(_("what the program made possible"), max_length=600)
    readers = models.CharField(_("who may read it"), max_length=10, choices=Readers, default=Readers.LEAD)
    with_name = models.BooleanField(_("with my name"), default=False)
    goal = models.ForeignKey(
        Goal, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("goal")
    )
    kpi = models.CharField(_("figure"), max_length=40, blank=True)  # a key of the catalogue
    told_on = models.DateField(_("told on"), default=today)

    objects = BenefitQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-told_on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(by__isnull=False) | Q(with_name=False), name="named_benefit_is_somebodys"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["program", "-told_on"], name="benefits_of_program")]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def key(self) -> str:
        """What newsletters know it by."""
        return f"told-{self.pk}"
