"""The days of a series, from any first day: over leap days, ends of months, and years."""

from calendar import monthrange
from datetime import date, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from programs.phases.template import next_workday
from programs.reviews.series import RHYTHMS, next_day

ANY_DAY = st.dates(date(2000, 1, 1), date(2090, 12, 31))
WEEKS = st.sampled_from([key for key, _name in RHYTHMS if key.startswith("w")])
MONTHS = st.sampled_from([key for key, _name in RHYTHMS if key.startswith("m")])
LEAP_DAY = date(2028, 2, 29)
FAR = date(2120, 12, 31)


def months_of(day: date) -> int:
    return day.year * 12 + day.month - 1


def nth(since: date, months: int) -> date:
    """The day of the series after so many months, put together in another way than the code does."""
    year, month = divmod(months_of(since) + months, 12)
    last = monthrange(year, month + 1)[1]
    return next_workday(date(year, month + 1, 1) + timedelta(days=min(since.day, last) - 1))


@given(ANY_DAY, WEEKS)
@example(LEAP_DAY, "w1")
@example(date(2026, 3, 23), "w1")  # the clock changes on the Sunday between
@example(date(2026, 10, 19), "w1")
def test_after_weeks_it_is_the_same_day_of_the_week(on: date, rhythm: str) -> None:
    found = next_day(on, rhythm, FAR)
    assert found is not None
    assert (found - on).days == 7 * int(rhythm[1:])
    assert found.weekday() == on.weekday()


@given(ANY_DAY, MONTHS)
@example(LEAP_DAY, "m1")
@example(LEAP_DAY, "m6")
@example(date(2024, 1, 31), "m1")
@example(date(2099, 11, 30), "m3")
def test_a_series_of_months_meets_each_of_its_months_once(since: date, rhythm: str) -> None:
    day, number = since, int(rhythm[1:])
    for turn in range(1, 13):
        following = next_day(day, rhythm, FAR, since)
        assert following == nth(since, turn * number)
        assert following.weekday() < 5
        assert following > day
        day = following


@given(ANY_DAY, MONTHS, st.integers(-12, 12))
def test_one_that_was_moved_by_hand_moves_none_after_it(since: date, rhythm: str, by: int) -> None:
    first = nth(since, int(rhythm[1:]))
    found = next_day(first + timedelta(days=by), rhythm, FAR, since)
    assert found == nth(since, 2 * int(rhythm[1:])), "neither held twice nor left out"


@given(ANY_DAY, st.sampled_from([key for key, _name in RHYTHMS]), st.none() | ANY_DAY)
@example(LEAP_DAY, "w4", date(2028, 3, 28))
@example(LEAP_DAY, "w4", date(2028, 3, 27))
def test_none_comes_after_the_last_day(on: date, rhythm: str, until: date | None) -> None:
    found = next_day(on, rhythm, until)
    if found is None:
        assert not rhythm or until is None or (next_day(on, rhythm, FAR) or FAR) > until
    else:
        assert until is not None
        assert on < found <= until
