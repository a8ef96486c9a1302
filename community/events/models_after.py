"""What is so once people have met: who was there, by their own word."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from community.events.models import Event


class Attendance(models.Model):
    """That somebody was there, as they said themselves: their own record, with no time in it. Who did not come stands
    nowhere."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="attendances", db_index=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    with_code = models.BooleanField(_("noted with the code in the room"), default=False)
    is_named = models.BooleanField(_("who plans it sees that you were there"), default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "person"], name="one_attendance_of_an_event"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id}"
