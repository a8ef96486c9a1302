"""Somebody asked for help. Only who is in it knows of it: no list, no log and no search of the program tells."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.kit.drawn import drawn
from programs.membership.models import Program

LONGEST_LESSON = 600


class Incident(models.Model):
    """What happened to somebody, from the first word until it is over."""

    id = models.BigIntegerField(primary_key=True, default=drawn, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="incidents")
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("who asked for help")
    )
    opened_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True)
    ask_on = models.DateField(_("day on which you are asked how you are"), null=True)
    asks_left = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["ask_on"], name="incidents_to_ask", condition=~Q(ask_on=None))]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class IncidentPerson(models.Model):
    """Somebody who is in it, the one who asked included."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="people")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("who is involved")
    )

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["incident", "person"], name="once_in_an_incident"),
        ]

    def __str__(self) -> str:
        return f"{self.incident_id}: {self.person_id}"


class EntryKind(models.TextChoices):
    ASKED = "asked", _("asked for help")
    SAID = "said", _("wrote")
    JOINED = "joined", _("was asked to join")
    LEFT = "left", _("is no longer involved")
    CLOSED = "closed", _("closed it")
    REOPENED = "reopened", _("opened it again")


class IncidentEntry(models.Model):
    """One line of what happened."""

    id = models.BigIntegerField(primary_key=True, default=drawn, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=8, choices=EntryKind)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("who wrote or joined"),
    )
    text = models.TextField(_("what was said"), blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.incident_id}: {self.kind}"


class Lesson(models.Model):
    """What the team learnt, without names. It hangs on no incident, so that nobody finds its people by it."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="lessons")
    text = models.CharField(max_length=LONGEST_LESSON)
    month = models.DateField()  # the first day of it: a day would lead to the incident

    class Meta:
        ordering: ClassVar = ["-month", "pk"]

    def __str__(self) -> str:
        return self.text
