"""The calendar of the figures: weeks begin on Monday, and a month is made of whole weeks.

A week belongs to the month of its Thursday, as in ISO 8601 it belongs to its year. So the weeks of a
month always add up to the month, and no figure can be worked out from two calendars laid over each other.
"""

from datetime import date, timedelta

WEEK = timedelta(days=7)
WEEKS_BACK = 60
MONTHS_BACK = 14


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def thursday_of(monday: date) -> date:
    return monday + timedelta(days=3)


def month_of(monday: date) -> date:
    """The first day of the month a week is counted in."""
    return thursday_of(monday).replace(day=1)


def next_month(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1)


def weeks_of(month: date) -> list[date]:
    """The Mondays of a month's weeks, four or five."""
    monday = monday_of(month)
    if month_of(monday) != month:
        monday += WEEK
    found = []
    while month_of(monday) == month:
        found.append(monday)
        monday += WEEK
    return found


def days_of_week(monday: date) -> tuple[date, date]:
    """Its first and its last day."""
    return monday, monday + timedelta(days=6)


def days_of_month(month: date) -> tuple[date, date]:
    """The first and the last day of its weeks."""
    weeks = weeks_of(month)
    return weeks[0], weeks[-1] + timedelta(days=6)


def ended_weeks(today: date, count: int = WEEKS_BACK) -> list[date]:
    """The last weeks that are over, oldest first; a running week would only mislead."""
    this = monday_of(today)
    return [this - WEEK * back for back in range(count, 0, -1)]


def ended_months(today: date, count: int = MONTHS_BACK) -> list[date]:
    """The last months all of whose weeks are over, oldest first."""
    month = month_of(monday_of(today))
    found: list[date] = []
    while len(found) < count:
        month = (month - timedelta(days=1)).replace(day=1)
        found.append(month)
    return found[::-1]
