"""Local time of a program to a moment: a time that a clock change skips or repeats is asked about, never guessed."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from programs.membership.models import Program

FIRST, SECOND = "first", "second"


def today_in(program: Program) -> date:
    return timezone.localdate(timezone=ZoneInfo(program.time_zone))


def wall_time(moment: datetime, program: Program) -> datetime:
    """What the clock on the program's wall shows at a moment; naive, so that nothing converts it again."""
    return timezone.localtime(moment, ZoneInfo(program.time_zone)).replace(tzinfo=None)


def is_twice(wall: datetime, zone: str) -> bool:
    """In the night in which the clocks go back, an hour happens twice."""
    there = ZoneInfo(zone)
    first, second = (wall.replace(tzinfo=there, fold=fold).astimezone(UTC) for fold in (0, 1))
    return first < second


def moment_of(wall: datetime, zone: str, which: str = "") -> datetime:
    """The moment of a wall time in a zone. `which` of the two, when the hour happens twice."""
    there = ZoneInfo(zone)
    first, second = (wall.replace(tzinfo=there, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first > second:
        raise ValidationError(
            _("This time does not exist: the clocks go forward in that night. Choose an hour earlier or later."),
            code="local_time",
        )
    if first < second and which not in (FIRST, SECOND):
        raise ValidationError(
            _("This time comes twice: the clocks go back in that night. Choose the first or the second one."),
            code="local_time_twice",
        )
    return second if which == SECOND else first
