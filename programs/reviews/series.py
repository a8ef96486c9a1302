"""A review that comes again: every so many weeks or months, until a day. Pure."""

from calendar import monthrange
from datetime import date, timedelta

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


def next_day(on: date, rhythm: str, until: date | None) -> date | None:
    """When the next one is; nothing where it comes once, or the series is over. After months it is the same day of the
    month, or its last one, and never on a weekend."""
    if not rhythm or until is None:
        return None
    number = int(rhythm[1:])
    if rhythm[0] == "w":
        found = on + timedelta(weeks=number)
    else:
        years, month = divmod(on.month - 1 + number, 12)
        year, month = on.year + years, month + 1
        found = next_workday(date(year, month, min(on.day, monthrange(year, month)[1])))
    return found if found <= until else None
