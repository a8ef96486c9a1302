from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from analytics.kpis import formulas, weeks
from analytics.kpis.cohorts import Stay, cohorts
from analytics.kpis.columns import Roll
from analytics.kpis.definitions import definitions
from analytics.kpis.formulas import FORMULAS, folded, value_of
from programs.membership.models import HISTORY


def value(kpi: str, rows: list[tuple[int, int]]) -> Decimal | None:
    return value_of(FORMULAS[kpi], sum(above for above, _ in rows), sum(below for _, below in rows))


def test_sums_are_divided_once() -> None:
    """(1 + 90) / (10 + 1000), not the mean of 10 % and 9 %."""
    assert value("engagement_rate", [(1, 10), (90, 1000)]) == Decimal("0.090099")


@pytest.mark.parametrize(
    ("kpi", "rows", "expected"),
    [
        ("impressions", [(100, 0), (-5, 0)], Decimal(95)),
        ("interactions", [(3, 0), (4, 0)], Decimal(7)),
        ("dialog_rate", [(2, 10), (1, 20)], Decimal("0.1")),
        ("value_mix", [(8, 10), (0, 2)], Decimal("0.666667")),
        ("label_rate", [(3, 4), (1, 1)], Decimal("0.8")),
        ("time_budget", [(90, 2), (30, 1)], Decimal(40)),
        ("posts_per_active", [(6, 1), (0, 1)], Decimal(3)),
        ("activity_rate", [(1, 1), (1, 1), (0, 1), (0, 1)], Decimal("0.5")),
        ("network_growth", [(5, 100), (15, 300)], Decimal("0.05")),
    ],
)
def test_by_hand(kpi: str, rows: list[tuple[int, int]], expected: Decimal) -> None:
    assert value(kpi, rows) == expected


def test_nothing_below_is_unknown_and_not_zero() -> None:
    assert value("engagement_rate", []) is None


def test_a_persons_weeks() -> None:
    assert [folded("sum", weeks) for weeks in ([2, 3], [60, 20], [])] == [5, 80, 0]
    assert [folded("any", weeks) for weeks in ([0, 1], [1, 1], [0, 0])] == [1, 1, 0]
    assert [folded("first", weeks) for weeks in ([100, 105], [0, 7], [])] == [100, 7, 0]


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


def _new(person: int, on: date, group: str = "1") -> Stay:
    return Stay(person, group, on, None, on)


def test_circles_change_by_k_or_more() -> None:
    first, later, last = (day - HISTORY for day in (date(2026, 1, 5), date(2026, 2, 2), date(2026, 3, 2)))
    stays = [_new(person, first) for person in range(10)]
    stays += [_new(20 + person, later if person < 3 else last) for person in range(5)]
    mondays = [date(2026, 1, 5), date(2026, 2, 9), date(2026, 3, 9)]
    found = cohorts(stays, mondays, Roll(range(30)), k=5)
    assert [len(found["1", monday]) for monday in mondays] == [10, 10, 15]
    assert [len(found["*", monday]) for monday in mondays] == [10, 10, 15]


def test_accounts_made_today_do_not_fill_a_group() -> None:
    week = date(2026, 3, 9)
    stays = [_new(person, week if person else date(2026, 1, 5)) for person in range(9)]
    assert not cohorts(stays, [week], Roll(range(9)), k=5)["*", week]
    later = week + HISTORY
    assert len(cohorts(stays, [later], Roll(range(9)), k=5)["*", later]) == 9


@pytest.mark.parametrize(
    ("sizes", "counted"), [((8,), 0), ((9,), 9), ((12, 5), 12), ((12, 5, 3), 12), ((12, 5, 4), 21), ((12, 9, 5), 21)]
)
def test_groups_too_small_for_a_figure_are_counted_once_they_are_enough_together(
    sizes: tuple[int, ...], counted: int
) -> None:
    """Five of them in the total beside a group of twelve would take its figure away: the total less it is theirs."""
    people = iter(range(sum(sizes)))
    day, week = date(2026, 1, 5), date(2026, 3, 9)
    stays = [_new(next(people), day, str(number)) for number, size in enumerate(sizes) for _ in range(size)]
    found = cohorts(stays, [week], Roll(range(sum(sizes))), k=5)
    assert len(found["*", week]) == counted
    assert [len(found[str(n), week]) for n, size in enumerate(sizes)] == [size if size >= 9 else 0 for size in sizes]
