"""A crowd is a set of numbers: whatever a frozenset answers, it answers."""

import operator

import pytest
from hypothesis import given
from hypothesis import strategies as some

from core.disclosure.crowd import Crowd

PEOPLE = some.frozensets(some.integers(min_value=0, max_value=70))


@given(PEOPLE)
def test_it_holds_who_was_put_in(people: frozenset[int]) -> None:
    crowd = Crowd.of(people)
    assert list(crowd) == sorted(people)
    assert len(crowd) == len(people)
    assert bool(crowd) is bool(people)
    assert [place in crowd for place in range(72)] == [place in people for place in range(72)]
    assert Crowd.where([place in people for place in range(71)]) == crowd
    assert repr(crowd) == f"Crowd.of({sorted(people)})"


@given(PEOPLE, PEOPLE)
@pytest.mark.parametrize("how", [operator.and_, operator.or_, operator.xor, operator.sub])
def test_two_of_them_are_put_together_as_sets_are(how: object, one: frozenset[int], other: frozenset[int]) -> None:
    assert callable(how)
    assert set(how(Crowd.of(one), Crowd.of(other))) == how(one, other)


@given(PEOPLE, PEOPLE)
def test_two_of_them_are_compared_as_sets_are(one: frozenset[int], other: frozenset[int]) -> None:
    assert (Crowd.of(one) <= Crowd.of(other)) is (one <= other)
    assert (Crowd.of(one) == Crowd.of(other)) is (one == other)
    assert (hash(Crowd.of(one)) == hash(Crowd.of(other))) >= (one == other)


def test_nobody_is_a_crowd_too() -> None:
    assert not Crowd()
    assert Crowd() == Crowd.of([]) == Crowd.where([])
    assert Crowd() <= Crowd.of([3])
    assert Crowd.of([3]) != frozenset({3})
