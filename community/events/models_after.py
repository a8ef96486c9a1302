"""What is so once people have met: who was there and how it was, by their own word."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.events.models import Event


class Attendance(models.Model):
    """That somebody was there, as they said themselves: their own record, with no time in it. Who did not come stands
    nowhere."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="attendances", db_index=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    with_code = models.BooleanField(_("recorded with the code in the room"), default=False)
    is_named = models.BooleanField(_("the people planning it see that you were there"), default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "person"], name="one_attendance_of_an_event"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id}"


LOWEST, HIGHEST = 1, 5
LONGEST_WORDS = 500


class Feedback(models.Model):
    """How it was for one person, until the results close: then sums are kept with the event and every row goes."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="feedback", db_index=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    worth = models.PositiveSmallIntegerField(_("it was worth my time"))
    pace = models.PositiveSmallIntegerField(_("the pace was right"))
    next_step = models.PositiveSmallIntegerField(_("I know what to do next"))
    helped = models.CharField(_("what helped most"), max_length=LONGEST_WORDS, blank=True)
    differently = models.CharField(_("what should be different"), max_length=LONGEST_WORDS, blank=True)
    is_taken_back = models.BooleanField(_("withdrawn"), default=False)  # counts for nothing, and goes with the others

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "person"], name="one_feedback_to_an_event"),
            models.CheckConstraint(
                condition=Q(worth__range=(LOWEST, HIGHEST))
                & Q(pace__range=(LOWEST, HIGHEST))
                & Q(next_step__range=(LOWEST, HIGHEST)),
                name="feedback_is_on_the_scale",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id}"
