"""The days of a program are those of its own zone."""

from datetime import date
from zoneinfo import ZoneInfo

from django.utils import timezone

from programs.membership.models import Program


def today_in(program: Program) -> date:
    return timezone.localdate(timezone=ZoneInfo(program.time_zone))
