"""A review that comes again: every so many weeks or months, until a day. Pure."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count

from django.utils.translation import gettext_lazy as _

from programs.phases.template import next_workday

RHYTHMS = (
    ("", _("once")),
    ("w1", _("every week")),
    ("w2", _("every two weeks")),
    ("w4", _("every four weeks")),
    ("m1", _("every month")),
    ("m3", _("every three months")),
    ("m6", _("every six months")),
)


def next_day(on: date, rhythm: str, until: date | None, since: date | None = None) -> date | None:
    """When the next one is; nothing where it comes once, or the series is over. After months it is the day of the month
    on which the series began, or the last one of a shorter month, and never on a weekend. `since`: the first day of the
    series; one that was moved by hand does not move those after it."""
    if not rhythm or until is None:
        return None
    number = int(rhythm[1:])
    if rhythm[0] == "w":
        found = on + timedelta(weeks=number)
    else:
        soonest = on + timedelta(days=15 * number)  # what was moved forward does not come again
        found = next(day for day in _days(since or on, number) if day >= soonest)
    return found if found <= until else None


def _days(since: date, months: int) -> Iterator[date]:
    for times in count(1):
        years, month = divmod(since.month - 1 + times * months, 12)
        year, month = since.year + years, month + 1
        yield next_workday(date(year, month, min(since.day, monthrange(year, month)[1])))
