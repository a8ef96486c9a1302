"""Quarters of the calendar: their months, what follows, how much of one is over."""

from datetime import date

from django.utils.translation import gettext as _

from analytics.kpis.weeks import next_month
from core.kit.forms import LATEST
from core.kit.moments import day_asked


def quarter_of(day: date) -> date:
    """The first day of the quarter that a day lies in."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def months_of(quarter: date) -> list[date]:
    second = next_month(quarter)
    return [quarter, second, next_month(second)]


def next_quarter(quarter: date) -> date:
    return next_month(months_of(quarter)[-1])


def quarter_before(quarter: date) -> date:
    return date(quarter.year, quarter.month - 3, 1) if quarter.month > 3 else date(quarter.year - 1, 10, 1)


def quarter_said(quarter: date) -> str:
    return _("Quarter %(number)s of %(year)s") % {"number": quarter.month // 3 + 1, "year": quarter.year}


def passed(quarter: date, today: date) -> int:
    """How much of it is over, in percent."""
    whole = (next_quarter(quarter) - quarter).days
    return min(100, max(0, round((today - quarter).days / whole * 100)))


def quarter_asked(text: str, otherwise: date) -> date:
    """From an address: 2026-10-01, else another one."""
    day = day_asked(text)
    return quarter_of(day) if day and day.year < LATEST else otherwise
