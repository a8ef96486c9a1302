from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programs.membership.models import Program

LAST_DAY = 28  # every month has it
USUAL_DAY = 8


class ReportSchedule(models.Model):
    """On which day a program's report goes to the people who were named. Without one, executives get each month's
    report an hour after it is frozen."""

    class Rhythm(models.TextChoices):
        MONTHLY = "monthly", _("every month")
        QUARTERLY = "quarterly", _("every quarter")

    program = models.OneToOneField(Program, on_delete=models.CASCADE, related_name="report_schedule")
    rhythm = models.CharField(_("rhythm"), max_length=9, choices=Rhythm)
    day = models.PositiveSmallIntegerField(_("day"), default=8)
    since = models.DateField()  # chosen then: a day that was over already sends nothing

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(day__gte=1, day__lte=LAST_DAY), name="report_goes_on_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.rhythm} {self.day}"


class ReportRecipient(models.Model):
    """Somebody whom the schedule sends reports to, as long as a role lets them read reports."""

    schedule = models.ForeignKey(ReportSchedule, on_delete=models.CASCADE, related_name="recipients")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["schedule", "person"], name="one_recipient_per_schedule")
        ]

    def __str__(self) -> str:
        return str(self.person_id)
