from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.attachments.models import Attachment
from programs.membership.models import Program

LABEL, DETAIL, SENTENCE, ADDRESS = 60, 140, 160, 200


class Part(models.TextChoices):
    """What somebody can show, each by a choice of its own. In the order of the form: the photo comes last, so that a
    file that is too large takes nothing with it that was typed."""

    HELPS = "helps", _("I can help with")
    TOPICS = "topics", _("topics I know well")
    SENTENCE = "sentence", _("a sentence about me")
    DEPARTMENT = "department", _("department")
    SITE = "site", _("site")
    LANGUAGES = "languages", _("languages")
    PRONOUNS = "pronouns", _("pronouns")
    NETWORKS = "networks", _("profiles on networks")
    PHOTO = "photo", _("photo")


class Profile(models.Model):
    """What a person has entered for the directory of one program. Others see of it what is among `shown`, as long as
    the person's consent to stand there holds."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="profiles")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="profiles")
    version = models.PositiveIntegerField(default=0)  # optimistic lock of editing; nothing was entered yet at 0
    shown = ArrayField(models.CharField(max_length=10, choices=Part), verbose_name=_("what others see"), default=list)
    photo = models.ForeignKey(
        Attachment, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("photo")
    )
    sentence = models.CharField(_("a sentence about me"), max_length=SENTENCE, blank=True)
    pronouns = models.CharField(_("pronouns"), max_length=30, blank=True)
    department = models.CharField(_("department"), max_length=80, blank=True)
    site = models.CharField(_("site"), max_length=60, blank=True)
    languages = ArrayField(models.CharField(max_length=7), verbose_name=_("languages"), default=list)
    networks = ArrayField(models.CharField(max_length=ADDRESS), verbose_name=_("profiles on networks"), default=list)
    # the name and what is shown, as it is searched: what is not shown is not found either
    words = models.TextField(_("what is searched"), blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["program", "user"], name="one_profile_per_person")]

    def __str__(self) -> str:
        return f"{self.pk}"


class Offer(models.Model):
    """One thing somebody can help with, or knows well, with a few words about it."""

    class Kind(models.TextChoices):
        HELP = "helps", _("I can help with")
        TOPIC = "topics", _("topics I know well")

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="offers")
    kind = models.CharField(max_length=6, choices=Kind)
    place = models.PositiveSmallIntegerField()
    label = models.CharField(_("topic"), max_length=LABEL)
    detail = models.CharField(_("a few words about it"), max_length=DETAIL, blank=True)
    folded = models.CharField(max_length=2 * LABEL)  # the label as it is compared: two ways to write one thing

    class Meta:
        ordering: ClassVar = ["kind", "place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["profile", "kind", "folded"], name="one_offer_per_topic"),
            models.CheckConstraint(condition=~Q(label=""), name="an_offer_has_a_label"),
        ]
        indexes: ClassVar = [models.Index(fields=["kind", "folded"], name="offers_by_topic")]

    def __str__(self) -> str:
        return self.label
