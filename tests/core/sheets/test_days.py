"""The one reader of days."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.sheets.cells import CellValue, Unreadable
from core.sheets.days import Dates, decide


@pytest.mark.parametrize("cell", ["31.12.9999", "1/1/1900", date(1899, 12, 31), 12.5, "31/31/26"])
def test_days_outside_this_century_are_no_days(cell: CellValue) -> None:
    with pytest.raises(ValueError, match=r"date_(far|unreadable|impossible)"):
        Dates().day(cell)


@pytest.mark.parametrize(
    "cell",
    [
        "10/3/2026",
        "10/03/2026",
        "03.10.2026",
        "3.10.26",
        "2026-10-03",
        "Oct 3, 2026",
        "Sat, Oct 3, 2026",
        "03 Oct 2026",
        "03-Oct-2026",
        "October 3, 2026",
        "Oct. 3rd, 2026",
        "3. Oktober 2026",
        "3. Okt. 2026",
        "Sa., 3. Oktober 2026",
        "3 de outubro de 2026",
        "3 octobre 2026",
        "2026-10-03 00:00:00",
        "2026-10-03T00:00:00",
        "2026-10-03T00:00:00.000Z",
        "2026-10-03T00:00:00+02:00",
        "10/03/2026 00:00",
        "10/3/2026, 12:00 AM",
        "03.10.2026 00:00",
        date(2026, 10, 3),
        46298,
        46298.0,
        datetime(2026, 10, 3),
    ],
)
def test_days_are_read_as_people_and_programs_write_them(cell: CellValue) -> None:
    assert Dates().day(cell) == date(2026, 10, 3)


@given(st.dates(date(2015, 1, 1), date(2030, 1, 1)), st.integers(14, 60), st.sampled_from(["mdy", "dmy"]))
def test_two_weeks_of_days_prove_their_order(first: date, length: int, order: str) -> None:
    days = [first + timedelta(days=i) for i in range(length)]
    texts: list[CellValue] = [
        f"{d.month}/{d.day}/{d.year}" if order == "mdy" else f"{d.day}/{d.month}/{d.year}" for d in days
    ]
    found = decide(texts)
    assert [found.day(t) for t in texts] == days


def test_a_gap_in_the_days_does_not_refuse_a_clear_file() -> None:
    assert decide(["10/20/2026", "10/22/2026", "10/30/2026"]).order == "mdy"
    assert decide(["20.10.2026", "23.10.2026"]).day("20.10.2026") == date(2026, 10, 20)


@pytest.mark.parametrize(
    "cell", ["2026-10-03 14:30", "2026-10-02T22:00:00Z", "10/3/2026, 12:00 PM", datetime(2026, 10, 3, 8), 46298.5]
)
def test_a_time_of_day_is_no_day_unless_only_the_day_is_wanted(cell: CellValue) -> None:
    """Otherwise the hours of a day would overwrite each other."""
    with pytest.raises(ValueError, match="date_time"):
        Dates().day(cell)
    assert Dates().day(cell, may_have_time=True) in {date(2026, 10, 3), date(2026, 10, 2)}


@pytest.mark.parametrize(
    "cell", ["August 31", "31 August", "2026-10", "10/2026", "Woche 40", "3 Foo 2026", "2026-10-2026"]
)
def test_what_names_no_day_is_none(cell: CellValue) -> None:
    with pytest.raises(ValueError, match="date_unreadable"):
        Dates().day(cell)


def test_numbers_of_days_count_from_where_the_file_proves() -> None:
    """Workbooks of old Macs count from 1904: four years and a day apart."""
    serials: list[CellValue] = [44810.0, 44811.0, 44812.0]
    assert decide(serials).day(44810.0) == date(2022, 9, 6)
    assert decide(serials, from_1904=True).day(44810.0) == date(2026, 9, 7)
    for more in ({"within": ("9/7/2026", "9/9/2026")}, {"bounds": (date(2026, 9, 1), date(2026, 9, 30))}):
        assert decide(serials, **more).day(44810.0) == date(2026, 9, 7)  # type: ignore[arg-type]


def test_days_that_may_be_months_are_not_guessed() -> None:
    with pytest.raises(Unreadable, match="date_order"):
        decide(["3/4/2026"])
    assert decide(["3/4/2026"], pairs=[("3/4/2026", date(2026, 4, 3))]).order == "dmy"
