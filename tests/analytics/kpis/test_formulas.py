from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from analytics.kpis import formulas, weeks
from analytics.kpis.cohorts import HISTORY, Stay, cohorts
from analytics.kpis.definitions import definitions
from analytics.kpis.formulas import FORMULAS, Part, group_value, person_total


def part(above: int, below: int = 0) -> Part:
    return Part(Decimal(above), Decimal(below))


def test_sums_are_divided_once() -> None:
    """(1 + 90) / (10 + 1000), not the mean of 10 % and 9 %."""
    value, above, below = group_value(FORMULAS["engagement_rate"], [part(1, 10), part(90, 1000)])
    assert (value, above, below) == (Decimal("0.090099"), 91, 1010)


@pytest.mark.parametrize(
    ("kpi", "rows", "expected"),
    [
        ("impressions", [part(100), part(-5)], Decimal(95)),
        ("interactions", [part(3), part(4)], Decimal(7)),
        ("dialog_rate", [part(2, 10), part(1, 20)], Decimal("0.1")),
        ("value_mix", [part(8, 10), part(0, 2)], Decimal("0.666667")),
        ("label_rate", [part(3, 4), part(1, 1)], Decimal("0.8")),
        ("time_budget", [part(90, 2), part(30, 1)], Decimal(40)),
        ("posts_per_active", [part(6, 1), part(0, 1)], Decimal(3)),
        ("activity_rate", [part(1, 1), part(1, 1), part(0, 1), part(0, 1)], Decimal("0.5")),
        ("network_growth", [part(5, 100), part(15, 300)], Decimal("0.05")),
    ],
)
def test_by_hand(kpi: str, rows: list[Part], expected: Decimal) -> None:
    assert group_value(FORMULAS[kpi], rows)[0] == expected


def test_nothing_below_is_unknown_and_not_zero() -> None:
    assert group_value(FORMULAS["engagement_rate"], [])[0] is None
    assert formulas.change(Decimal(0), Decimal(5)) is None
    assert formulas.change(None, Decimal(5)) is None
    assert formulas.change(Decimal(4), Decimal(5)) == Decimal("0.25")


def test_a_persons_weeks() -> None:
    assert person_total(FORMULAS["activity_rate"], [part(0, 1), part(1, 1)]) == part(1, 1)
    assert person_total(FORMULAS["posts_per_active"], [part(2, 1), part(3, 1)]) == part(5, 1)
    assert person_total(FORMULAS["network_growth"], [part(5, 100), part(6, 105)]) == part(11, 100)
    assert person_total(FORMULAS["time_budget"], [part(60, 1), part(20, 1)]) == part(80, 2)


def test_parts_go_before_what_the_network_reports() -> None:
    assert formulas.interactions(3, 2, 1, 99) == 6
    assert formulas.interactions(3, None, None, 99) == 3
    assert formulas.interactions(None, None, None, 99) == 99
    assert formulas.interactions(None, None, None, None) is None


def test_index() -> None:
    assert formulas.index(Decimal(40), Decimal(1000), Decimal("0.02")) == 200
    assert formulas.index(Decimal(40), Decimal(1000), None) is None


def test_every_formula_is_defined_in_both_languages() -> None:
    assert FORMULAS.keys() <= definitions().keys()
    for definition in definitions().values():
        for text in definition.texts.values():
            assert text["de"]
            assert text["en"]


def test_a_week_belongs_to_the_month_of_its_thursday() -> None:
    assert weeks.month_of(date(2026, 9, 28)) == date(2026, 10, 1)
    assert weeks.month_of(date(2026, 10, 26)) == date(2026, 10, 1)
    assert [day.day for day in weeks.weeks_of(date(2026, 10, 1))] == [28, 5, 12, 19, 26]
    assert weeks.ended_weeks(date(2026, 11, 23), 2) == [date(2026, 11, 9), date(2026, 11, 16)]
    assert weeks.ended_months(date(2026, 11, 23), 2) == [date(2026, 9, 1), date(2026, 10, 1)]


def test_every_week_is_in_exactly_one_month() -> None:
    months = weeks.ended_months(date(2027, 2, 1), 24)
    found = [week for month in months for week in weeks.weeks_of(month)]
    assert found == sorted(set(found))
    assert all((b - a).days == 7 for a, b in pairwise(found))


def test_circles_change_by_k_or_more() -> None:
    first, later, last = (day - HISTORY for day in (date(2026, 1, 5), date(2026, 2, 2), date(2026, 3, 2)))
    stays = [Stay(person, "1", first, None) for person in range(10)]
    stays += [Stay(20 + person, "1", later if person < 3 else last, None) for person in range(5)]
    mondays = [date(2026, 1, 5), date(2026, 2, 9), date(2026, 3, 9)]
    found = cohorts(stays, mondays, k=5)
    assert [len(found["1", monday]) for monday in mondays] == [10, 10, 15]
    assert [len(found["*", monday]) for monday in mondays] == [10, 10, 15]


def test_accounts_made_today_do_not_fill_a_group() -> None:
    week = date(2026, 3, 9)
    stays = [Stay(person, "1", week if person else date(2026, 1, 5), None) for person in range(5)]
    assert cohorts(stays, [week], k=5)["*", week] == frozenset()
    later = week + HISTORY
    assert len(cohorts(stays, [later], k=5)["*", later]) == 5
