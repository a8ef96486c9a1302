"""What a cell says of itself."""

from __future__ import annotations

from decimal import Decimal

import pytest

from core.disclosure.crowd import Crowd
from core.disclosure.publication import Cell, Contribution, cells_of

TEN = {person: Decimal(10) for person in range(3)}


@pytest.mark.parametrize("people", [frozenset({4, 7, 9}), Crowd.of([4, 7, 9])])
def test_a_count_is_a_sum_to_which_each_person_adds_one(people: frozenset[int]) -> None:
    cell = Cell.counting("a", "w1", people, series="who")
    assert (cell.key, cell.people) == (("who", "a", "w1"), people)
    assert [cell.value, cell.volume, cell.tops] == [3, 3, (1, 1, 1)]


@pytest.mark.parametrize("number", [0, 1, 4])
def test_a_count_of_few_has_no_more_in_its_largest_parts_than_in_all(number: int) -> None:
    cell = Cell.counting("a", "w1", frozenset(range(number)))
    assert [cell.value, sum(cell.tops)] == [number, number]


def test_the_largest_parts_are_kept_one_by_one_without_a_sign() -> None:
    cell = Cell.of("a", "w1", {person: Decimal(value) for person, value in enumerate((3, -9, 5, 1, 7, 2))})
    assert (cell.volume, cell.tops) == (27, (9, 7, 5, 3, 2, 1))


def test_every_cell_belongs_to_the_line_it_was_made_for() -> None:
    rows = [Contribution(person, "a", "w1", value) for person, value in TEN.items()]
    made = [Cell.of("a", "w1", TEN, series="posts"), *cells_of(rows, total=None, series="posts")]
    assert [cell.key for cell in made] == [("posts", "a", "w1")] * 2


def test_a_cell_of_nobody_has_no_people() -> None:
    assert Cell.of("a", "w1", {}).people == frozenset()


def test_what_is_added_up_is_equal_where_the_same_people_and_weeks_are() -> None:
    assert Cell.of("a", "w1", TEN).atoms == Cell.of("b", "w1", TEN).atoms
    assert Cell.of("a", "w1", TEN).atoms != Cell.of("a", "w2", TEN).atoms
