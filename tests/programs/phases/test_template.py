"""Dates of the template, from any start."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from programs.phases.template import last_workday, next_workday, seven_phases

TEMPLATE = seven_phases()
ANY_DAY = st.dates(date(2000, 1, 1), date(2100, 12, 31))
LEAP_DAY = date(2028, 2, 29)


@given(ANY_DAY)
@example(LEAP_DAY)
@example(date(2000, 2, 29))
@example(date(2100, 12, 31))
def test_every_phase_ends_after_it_starts(start: date) -> None:
    for phase in TEMPLATE.phases:
        assert start <= phase.start_on(start) < phase.end_on(start) <= TEMPLATE.end_on(start)
        assert (phase.end_on(start) - phase.start_on(start)).days == 7 * phase.weeks - 1


@given(ANY_DAY)
@example(LEAP_DAY)
def test_items_fall_due_within_their_phase(start: date) -> None:
    for phase in TEMPLATE.phases:
        for item in phase.items:
            assert phase.start_on(start) <= phase.due_on(item, start) <= phase.end_on(start)


@given(ANY_DAY)
@example(LEAP_DAY)
def test_marks_fall_on_working_days_from_the_start_on(start: date) -> None:
    for phase in TEMPLATE.phases:
        for mark in phase.marks:
            assert mark.on(start) >= start
            assert mark.on(start).weekday() < 5
            assert mark.on(start) - start <= timedelta(weeks=mark.offset_weeks, days=2)


@given(ANY_DAY)
def test_working_days_are_near(day: date) -> None:
    assert last_workday(day) <= day <= next_workday(day)
    assert last_workday(day).weekday() < 5
    assert (next_workday(day) - last_workday(day)).days in (0, 3)


def test_the_template_is_complete_in_both_languages() -> None:
    assert [phase.number for phase in TEMPLATE.phases] == [1, 2, 3, 4, 5, 6, 7]
    assert TEMPLATE.item_count == sum(len(phase.items) for phase in TEMPLATE.phases) > 70
    for phase in TEMPLATE.phases:
        for words in (phase.title, phase.aim, phase.short):
            assert words["de"]
            assert words["en"]
        for item in phase.items:
            assert all([item.title["de"], item.title["en"], item.hint["de"], item.hint["en"]])
            assert max(len(text) for text in item.title.values()) <= 200


@pytest.mark.parametrize(
    ("day", "last", "following"),
    [
        (date(2026, 11, 20), date(2026, 11, 20), date(2026, 11, 20)),
        (date(2026, 11, 21), date(2026, 11, 20), date(2026, 11, 23)),
        (date(2026, 11, 22), date(2026, 11, 20), date(2026, 11, 23)),
    ],
)
def test_weekends_are_left(day: date, last: date, following: date) -> None:
    assert (last_workday(day), next_workday(day)) == (last, following)
