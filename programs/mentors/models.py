from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.kit.drawn import drawn
from programs.membership.models import Program

TOPIC, SITE, MOST = 60, 80, 5
KEPT = timedelta(days=1)  # so long an end can be taken back


class PairKind(models.TextChoices):
    MENTOR = "mentor", _("mentor")
    BUDDY = "buddy", _("buddy")


class PairingCard(models.Model):
    """What somebody gave so that others find them: topics, languages, site, and whether they accompany others."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="pairing_cards")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="pairing_cards")
    topics = ArrayField(models.CharField(max_length=TOPIC), verbose_name=_("topics"), default=list)
    languages = ArrayField(models.CharField(max_length=7), verbose_name=_("languages"), default=list)
    site = models.CharField(_("site"), max_length=SITE, blank=True)
    is_mentor = models.BooleanField(_("accompanies newer people"), default=False)
    is_buddy = models.BooleanField(_("would like a buddy"), default=False)
    most = models.PositiveSmallIntegerField(_("how many at once"), default=2)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["program", "user"], name="one_pairing_card"),
            models.CheckConstraint(condition=Q(most__range=(1, MOST)), name="a_few_at_once"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class Pairing(models.Model):
    """One person asked another; both have agreed once the other said yes. Either ends it at any time, without a reason:
    then it is out of sight, can be taken back the same day, and is gone after that."""

    id = models.BigIntegerField(primary_key=True, default=drawn, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="pairings")
    kind = models.CharField(_("mentor or buddy"), max_length=6, choices=PairKind)
    asker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="asked_pairings", verbose_name=_("who asked")
    )
    partner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="pairings", verbose_name=_("who was asked")
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    agreed_at = models.DateTimeField(_("when both had agreed"), null=True)
    ended_at = models.DateTimeField(_("when it was ended"), null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("who ended it")
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(asker=F("partner")), name="nobody_accompanies_themselves"),
            models.UniqueConstraint(
                fields=["program", "kind", "asker"], condition=Q(ended_at=None), name="one_pairing_of_a_kind"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["partner", "program"], name="pairings_of_partner")]

    def __str__(self) -> str:
        return f"{self.pk}"
