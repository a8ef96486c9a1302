"""Notes after an hour. They belong to whom the hour was for, whoever wrote them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from community.office_hours.models import HoursHost
from core.kit.drawn import drawn
from programs.membership.models import Program

LONGEST_NOTE = 4000


class FollowUp(models.TextChoices):
    NONE = "", _("nothing more")
    AGAIN = "again", _("come back to it")
    RESOLVED = "resolved", _("resolved")


class HourNote(models.Model):
    """The person's own one is read by nobody else unless it is shared, and then until a day. One that a host wrote the
    person reads at any time, and may delete."""

    id = models.BigIntegerField(primary_key=True, default=drawn, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    host = models.ForeignKey(HoursHost, on_delete=models.SET_NULL, null=True, related_name="+")
    is_by_host = models.BooleanField(default=False)
    text = models.TextField(_("note"), max_length=LONGEST_NOTE)
    shared_until = models.DateField(_("shared until"), null=True, blank=True)
    follow_up = models.CharField(_("follow-up"), max_length=8, choices=FollowUp, blank=True)
    written_at = models.DateTimeField(_("written at"), auto_now_add=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["program", "person"], name="notes_of_person")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(is_by_host=False) | models.Q(shared_until__isnull=True),
                name="only_own_notes_are_shared",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.written_at}"


class NotesAllowed(models.Model):
    """A person agrees that one host keeps notes about them. Without it none can be written or read by the host."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    host = models.ForeignKey(HoursHost, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "host"], name="notes_are_allowed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}"
