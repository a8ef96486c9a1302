"""The days of a series. They are the program's own, so that nine o'clock stays nine o'clock over the year. Pure."""

from calendar import monthrange
from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

MOST_DATES = 52


class Rhythm(TextChoices):
    ONCE = "", _("does not repeat")
    WEEKLY = "weekly", _("every week")
    FORTNIGHTLY = "fortnightly", _("every two weeks")
    MONTHLY = "monthly", _("every month, on the same weekday")


WEEKS = {Rhythm.WEEKLY: 1, Rhythm.FORTNIGHTLY: 2}


def days_of(first: date, rhythm: str, *, until: date | None = None, times: int | None = None) -> list[date]:
    """The first day and those after it: so many, or as many as there are until a day; one more than a series may have
    where it would have more."""
    most = min(times or MOST_DATES + 1, MOST_DATES + 1)
    days = [_day(first, rhythm, number) for number in range(most)]
    return [day for day in days if until is None or day <= until]


def _day(first: date, rhythm: str, number: int) -> date:
    if rhythm == Rhythm.MONTHLY:
        return _same_weekday(first, number)
    return first + timedelta(weeks=WEEKS[Rhythm(rhythm)] * number)


def _same_weekday(first: date, months: int) -> date:
    """The second Tuesday stays the second Tuesday; a fifth one is the last, since not every month has it."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    begin = date(year, month + 1, 1)
    offset = (first.weekday() - begin.weekday()) % 7
    days = range(1 + offset, monthrange(year, month + 1)[1] + 1, 7)
    place = (first.day - 1) // 7
    return begin.replace(day=days[-1] if place >= 4 else days[place])
