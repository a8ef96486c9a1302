"""The drop-in hour: a queue without appointments. What is true in it is held by the database: one hour at a time in a
program, one place of each person in it, one conversation of each host."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.kit.templatetags.ui import clock, day
from programs.membership.models import Program


class OpenHour(models.Model):
    """Somebody is there for whoever comes. After it stays when it was and how many conversations there were."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    begun_at = models.DateTimeField(auto_now_add=True)
    until = models.DateTimeField(_("until"))
    closed_at = models.DateTimeField(null=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    link = models.URLField(_("video link"), max_length=500, blank=True)
    numbers = models.PositiveIntegerField(default=0)  # the last one that was given
    served = models.PositiveIntegerField(default=0)  # conversations
    # How long the conversations of this hour took, in seconds, with nobody's name; gone with the hour.
    talks = ArrayField(models.PositiveIntegerField(), default=list, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["program"], condition=Q(closed_at__isnull=True), name="one_open_hour_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.until}"

    @property
    def until_words(self) -> str:
        """When it ends; an hour that runs past midnight names the day."""
        if timezone.localdate(self.until) == timezone.localdate():
            return gettext("today until %(time)s") % {"time": clock(self.until)}
        return gettext("until %(day)s, %(time)s") % {"day": day(self.until, "weekday"), "time": clock(self.until)}


class OpenHourHost(models.Model):
    """Who calls from the queue. Several do so in turn, from the same one."""

    hour = models.ForeignKey(OpenHour, on_delete=models.CASCADE, related_name="hosts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["hour", "person"], name="a_host_serves_an_hour_once"),
        ]

    def __str__(self) -> str:
        return str(self.person)


class TicketState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    CALLED = "called", _("called")
    TALKING = "talking", _("in conversation")
    LEFT = "left", _("left the queue")


class Ticket(models.Model):
    """A person's place in the queue, until the conversation is over or the hour is."""

    hour = models.ForeignKey(OpenHour, on_delete=models.CASCADE, related_name="tickets")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField(_("number"))
    position = models.PositiveIntegerField()  # the order; it begins as the number
    topic = models.CharField(_("what it is about"), max_length=200, blank=True)
    state = models.CharField(max_length=8, choices=TicketState, default=TicketState.WAITING)
    host = models.ForeignKey(OpenHourHost, on_delete=models.RESTRICT, null=True, related_name="tickets")
    since = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(null=True)  # called, begun or left

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["hour", "person"], name="one_ticket_of_a_person"),
            models.UniqueConstraint(fields=["hour", "number"], name="a_number_is_given_once"),
            models.UniqueConstraint(
                fields=["host"], condition=Q(host__isnull=False), name="one_conversation_of_a_host"
            ),
            models.CheckConstraint(
                condition=Q(host__isnull=True, state__in=["waiting", "left"])
                | Q(host__isnull=False, state__in=["called", "talking"]),
                name="who_is_called_has_a_host",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}"
