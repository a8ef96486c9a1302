"""What an address may name: a month, an ISO week, a day of the month; everything else is told apart, never an error."""

from calendar import monthrange
from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.events import periods
from community.events.periods import NotAPeriodError

DAYS = st.dates(date(periods.FIRST_YEAR, 1, 1), date(periods.LAST_YEAR, 12, 31))


@given(DAYS)
def test_a_month_is_read_as_it_is_written_and_holds_each_of_its_days_once(day: date) -> None:
    month = periods.month_of(day)
    assert periods.read_month(month.key) == month
    assert periods.read_day(str(day.day), month) == day
    days = [each for week in month.weeks for each in week]
    assert days == sorted(set(days))
    assert sum(each.month == day.month for each in days) == monthrange(day.year, day.month)[1]
    assert {len(week) for week in month.weeks} == {7}
    assert {week[0].weekday() for week in month.weeks} == {0}


@given(DAYS)
def test_the_months_before_and_after_meet(day: date) -> None:
    month = periods.month_of(day)
    assert month.after is None or (month.after.before == month and month.after.first > day)


@given(DAYS)
def test_a_week_begins_on_its_monday(day: date) -> None:
    monday = day - timedelta(days=day.weekday())
    if periods.FIRST_YEAR <= monday.isocalendar().year <= periods.LAST_YEAR:
        assert periods.read_week(periods.week_key(day)) == monday


@given(st.text() | st.from_regex(r"\A\d{1,4}-W?\d{1,2}\Z"))
def test_any_text_is_a_period_or_told_apart(text: str) -> None:
    """What is read says the same when it is written again, and nothing but our own error tells the rest apart."""
    with suppress(NotAPeriodError):
        assert periods.read_month(text).key == text
    with suppress(NotAPeriodError):
        assert periods.week_key(periods.read_week(text)) == text
    with suppress(NotAPeriodError):
        assert periods.read_day(text, periods.month_of(date.max)).day == int(text)


@pytest.mark.parametrize(
    "text", ["2026-13", "2026-00", "1999-12", "2100-01", "9999-12", "0000-00", "2026-1", "٢٠٢٦-١٢"]
)
def test_no_such_month(text: str) -> None:
    with pytest.raises(NotAPeriodError):
        periods.read_month(text)


@pytest.mark.parametrize("text", ["2026-W54", "2026-W00", "2025-W53", "2100-W01", "2026-48"])
def test_no_such_week(text: str) -> None:
    with pytest.raises(NotAPeriodError):
        periods.read_week(text)


def test_the_calendar_ends_where_its_years_do() -> None:
    assert periods.read_month("2000-01").before is None
    assert periods.read_month("2099-12").after is None
