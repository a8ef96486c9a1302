"""A date and a time in one field, on the reader's own clock. What is kept is an instant.

A time that a clock change skips is refused, and one that comes twice is asked about: nothing is guessed.
"""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from core.kit.forms import EARLIEST, LATEST, validate_within_reason

FIRST, SECOND = "first", "second"


def is_twice(wall: datetime, zone: str) -> bool:
    """In the night in which the clocks go back, an hour happens twice."""
    first, second = _both(wall, zone)
    return first < second


def day_asked(text: str) -> date | None:
    """A day from an address; none where it is no day, or one with which the calendar ends."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if EARLIEST <= day.year <= LATEST else None


def moment_asked(text: str) -> datetime | None:
    """A moment from an address, with its zone."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo and EARLIEST <= moment.year <= LATEST else None


def moment_of(wall: datetime, zone: str, which: str = "") -> datetime:
    """The moment of a wall time in a zone. `which` of the two, when the hour happens twice."""
    validate_within_reason(wall.date())
    first, second = _both(wall, zone)
    if first > second:
        raise ValidationError(
            _("This time does not exist because the clocks go forward that night. Choose an hour earlier or later."),
            code="local_time",
        )
    if first < second and which not in (FIRST, SECOND):
        raise ValidationError(
            _("This time occurs twice because the clocks go back that night. Choose the first or the second one."),
            code="local_time_twice",
        )
    return second if which == SECOND else first


def _both(wall: datetime, zone: str) -> tuple[datetime, datetime]:
    there = ZoneInfo(zone)
    first, second = (wall.replace(tzinfo=there, fold=fold).astimezone(UTC) for fold in (0, 1))
    return first, second


class MomentInput(forms.DateTimeInput):
    """The browser's own field for a day and a time, the zone it is meant in, and the question which of two hours."""

    input_type = "datetime-local"
    template_name = "ui/widgets/moment.html"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> tuple[str, str]:
        return data.get(name) or "", data.get(f"{name}_which") or ""

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data

    def format_value(self, value: Any) -> str:
        return _typed(value)[0]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        text, which = _typed(value)
        wall = _read(text)
        zone = timezone.get_current_timezone_name()
        asks = wall is not None and EARLIEST <= wall.year <= LATEST and is_twice(wall, zone)
        return super().get_context(name, value, attrs) | {"zone": zone, "asks_which": asks, "which": which}


class MomentField(forms.Field):
    widget = MomentInput

    def to_python(self, value: Any) -> datetime | None:
        if value is None or isinstance(value, datetime):
            return value
        text, which = value
        if not text:
            return None
        wall = _read(text)
        if wall is None:
            raise ValidationError(_("Please choose a day and a time, for example 2026-11-30 09:00."), code="invalid")
        return moment_of(wall, timezone.get_current_timezone_name(), which)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return _typed(initial) != _typed(data)


def _typed(value: Any) -> tuple[str, str]:
    """What stands in the field, and which of two hours it means."""
    if isinstance(value, tuple):
        return value
    if not isinstance(value, datetime):
        return "", ""
    wall = timezone.localtime(value)
    return f"{wall:%Y-%m-%dT%H:%M}", SECOND if wall.fold else FIRST


def _read(text: str) -> datetime | None:
    try:
        wall = datetime.fromisoformat(text)
    except ValueError:
        return None
    return None if wall.tzinfo else wall.replace(second=0, microsecond=0)
