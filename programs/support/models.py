from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.kit.deleting import Deletable, DeletableQuerySet
from core.kit.drawn import in_turn
from programs.membership.models import Membership, Program


class Concern(models.TextChoices):
    QUESTION = "question", _("questions")
    PROBLEM = "problem", _("problems")
    CRISIS = "crisis", _("a crisis")


class Weekday(models.IntegerChoices):
    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class HelperQuerySet(DeletableQuerySet["Helper"]):
    pass


class Helper(Deletable):
    """Whom to call or write to, for what and when: somebody of the team, or a number outside of it. Hours are those of
    the program's time zone; while somebody is away the stand-in answers in their hours."""

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="helpers")
    member = models.ForeignKey(
        Membership, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("role in the team")
    )
    name = models.CharField(_("name"), max_length=120)
    concerns = ArrayField(models.CharField(max_length=8, choices=Concern), verbose_name=_("what you help with"))
    phone = models.CharField(_("phone number"), max_length=40, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    weekdays = ArrayField(models.PositiveSmallIntegerField(choices=Weekday), verbose_name=_("days you can be reached"))
    begins = models.TimeField(_("from when you can be reached"))
    ends = models.TimeField(_("until when you can be reached"))
    away_from = models.DateField(_("first day away"), null=True, blank=True)
    away_until = models.DateField(_("last day away"), null=True, blank=True)
    stand_in = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("who stands in for you")
    )

    objects = HelperQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["begins", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="helper_hours_have_a_length"),
            models.CheckConstraint(condition=~Q(phone="") | ~Q(email=""), name="helper_can_be_reached"),
            models.CheckConstraint(
                condition=Q(away_from=None, away_until=None)
                | Q(away_from__isnull=False, away_until__isnull=False, away_until__gte=F("away_from")),
                name="helper_is_away_for_some_days",
            ),
            models.CheckConstraint(condition=~Q(stand_in=F("id")), name="nobody_stands_in_for_themselves"),
        ]

    def __str__(self) -> str:
        return self.name
