"""The lines on which a calendar draws: whatever lies across days keeps its line, and nothing is lost or drawn twice."""

from collections import Counter
from datetime import date, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from community.events import grid, periods
from community.events.grid import Taking

MONDAY = date(2026, 11, 23)
WEEK = periods.week_from(MONDAY)


def taking(key: int, first: int, days: int = 0, at: time | None = None) -> Taking:
    start = MONDAY + timedelta(days=first)
    return Taking(start, start + timedelta(days=days), at, key)


@st.composite
def many(draw: st.DrawFn) -> list[Taking]:
    shapes = draw(st.lists(st.tuples(st.integers(-9, 9), st.integers(0, 12)), max_size=14))
    return [taking(key, first, days) for key, (first, days) in enumerate(shapes)]


@given(many(), st.sampled_from([None, 1, 3]))
def test_each_day_draws_or_counts_what_is_on_it(takings: list[Taking], most: int | None) -> None:
    for cell in grid.week_of(WEEK, takings, most=most):
        expected = {each.key for each in takings if each.is_on(cell.on)}
        drawn = [bar.taking.key for bar in cell.bars] + [each.key for each in cell.short]
        assert len(drawn) == len(set(drawn))
        assert len(drawn) + cell.more == len(expected)
        assert {each.key for each in cell.all} == expected
        assert most is None or max([bar.line for bar in cell.bars], default=0) + len(cell.short) <= max(most, 0)
        assert most is not None or not cell.more


@given(many())
def test_what_takes_days_keeps_its_line_and_shares_it_with_nothing(takings: list[Taking]) -> None:
    cells, lines = grid.week_of(WEEK, takings), {}
    for cell in cells:
        assert not [line for line, count in Counter(bar.line for bar in cell.bars).items() if count > 1]
        for bar in cell.bars:
            assert lines.setdefault(bar.taking.key, bar.line) == bar.line
    named = Counter(bar.taking.key for cell in cells for bar in cell.bars if bar.is_named)
    assert set(named.values()) <= {1}


def test_days_in_a_row_are_one_bar_that_begins_and_ends() -> None:
    cells = grid.week_of(WEEK, [taking(1, 1, 2)])
    bars = [(bar.came, bar.days, bar.is_named) for cell in cells for bar in cell.bars]
    assert bars == [(False, 3, True), (True, 2, False), (True, 1, False)]


def test_three_have_room_and_the_rest_is_counted_in_order_of_time() -> None:
    cell = grid.week_of(WEEK, [taking(hour, 0, at=time(hour)) for hour in (17, 9, 12, 8, 15)], most=3)[0]
    assert [each.key for each in cell.short] == [8, 9, 12]
    assert cell.more == 2
