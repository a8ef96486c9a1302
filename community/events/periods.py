"""The month, the week and the day that an address names. Pure."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

FIRST_YEAR, LAST_YEAR = 2000, 2099  # what lies outside is a slip, not a plan
MONTH, WEEK = re.compile(r"(\d{4})-(\d{2})", re.ASCII), re.compile(r"(\d{4})-W(\d{2})", re.ASCII)
DAY = re.compile(r"\d{1,2}", re.ASCII)


class NotAPeriodError(ValueError):
    """No month, week or day that the calendar shows."""


@dataclass(frozen=True)
class Month:
    first: date

    @property
    def key(self) -> str:
        return f"{self.first:%Y-%m}"

    @property
    def before(self) -> "Month | None":
        day = self.first - timedelta(days=1)
        return month_of(day) if day.year >= FIRST_YEAR else None

    @property
    def after(self) -> "Month | None":
        day = self.first + timedelta(days=31)
        return month_of(day) if day.year <= LAST_YEAR else None

    @property
    def weeks(self) -> list[list[date]]:
        """Whole weeks from Monday, so that every day has its column."""
        end = (self.first + timedelta(days=31)).replace(day=1)
        monday, weeks = self.first - timedelta(days=self.first.weekday()), []
        while monday < end:
            weeks.append(week_from(monday))
            monday += timedelta(days=7)
        return weeks


def week_from(monday: date) -> list[date]:
    return [monday + timedelta(days=more) for more in range(7)]


def month_of(day: date) -> Month:
    return Month(day.replace(day=1))


def week_key(day: date) -> str:
    year, week, _day = day.isocalendar()
    return f"{year}-W{week:02d}"


def read_month(text: str) -> Month:
    found = MONTH.fullmatch(text)
    if not found or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR or not 1 <= int(found[2]) <= 12:
        raise NotAPeriodError
    return Month(date(int(found[1]), int(found[2]), 1))


def read_week(text: str) -> date:
    """Its Monday."""
    found = WEEK.fullmatch(text)
    if not found or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        raise NotAPeriodError
    try:
        return date.fromisocalendar(int(found[1]), int(found[2]), 1)
    except ValueError as error:
        raise NotAPeriodError from error


def read_day(text: str, month: Month) -> date:
    try:
        return month.first.replace(day=int(text) if DAY.fullmatch(text) else 0)
    except ValueError as error:
        raise NotAPeriodError from error
