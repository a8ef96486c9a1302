from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.kit import languages

WAITING_TIME = timedelta(hours=24)


class RescueState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    DONE = "done", _("done")
    STOPPED = "stopped", _("stopped")


class Proof(models.TextChoices):
    """How an administrator made sure that it is this person who asks."""

    IN_PERSON = "in_person", _("in person, with an identity card or company badge")
    KNOWN_NUMBER = "known_number", _("called back on a number the company has on file")
    VIDEO = "video", _("in a video call with somebody who knows the person")


class Rescue(models.Model):
    """The way back for somebody who lost every second factor. It takes effect when a second administrator confirms,
    or after a day in which the person was told and could stop it."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    proof = models.CharField(max_length=12, choices=Proof)
    asked_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    state = models.CharField(max_length=7, choices=RescueState, default=RescueState.WAITING)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(state="waiting"), name="one_rescue_at_a_time"
            ),
            models.CheckConstraint(condition=~models.Q(person=models.F("asked_by")), name="nobody_rescues_themselves"),
        ]

    def __str__(self) -> str:
        return f"rescue {self.pk}"


class Alarm(models.Model):
    """Something that needs an administrator and goes on: since when, and whether they were told."""

    key = models.CharField(max_length=120)  # of the trouble; no person and no text
    since = models.DateTimeField(default=timezone.now)
    told_at = models.DateTimeField(null=True)
    over_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key"], condition=models.Q(over_at=None), name="one_alarm_at_a_time")
        ]

    def __str__(self) -> str:
        return self.key


class TextKind(models.TextChoices):
    IMPRINT = "imprint", _("Imprint")
    PRIVACY = "privacy", _("Privacy notice")


class SiteText(models.Model):
    """What the company must say on every page of its own site: who runs it, and how it treats data of people."""

    kind = models.CharField(max_length=7, choices=TextKind)
    language = models.CharField(max_length=2, choices=languages.choices)
    text = models.TextField(max_length=50_000)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "language"], name="one_text_per_kind_and_language")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.language}"
