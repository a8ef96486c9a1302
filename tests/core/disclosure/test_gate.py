"""Counts of people: fewer than k and all but fewer than k are said as ranges, and one person more moves nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.disclosure import gate
from core.disclosure.gate import People


def test_few_and_nearly_all_are_ranges() -> None:
    assert gate.people(0) == gate.people(4) == People(0, 4)
    assert gate.people(5) == gate.people(9) == People(5, 9)
    assert gate.people(43, among=60) == People(40, 44)
    assert gate.people(60, among=60) == gate.people(55, among=60) == People(55, 60)
    assert gate.people(54, among=60) == People(50, 54)
    assert gate.people(4, among=4) == gate.people(0, among=4) == People(0, 4)  # the group itself is too small
    assert gate.people(4, among=9) == People(0, 4)
    assert gate.people(5, among=9) == People(5, 9)
    assert gate.named(3) == People(3, 3)
    assert gate.named(3).is_exact
    assert not gate.people(3).is_exact


def test_a_group_too_small_for_two_steps_is_said_as_a_whole() -> None:
    assert {gate.people(n, among=12, k=7) for n in range(13)} == {People(0, 12)}
    assert {gate.people(n, among=8) for n in range(9)} == {People(0, 8)}


@given(st.integers(0, 400), st.integers(0, 400), st.integers(1, 20))
def test_a_range_never_singles_anybody_out(count: int, others: int, k: int) -> None:
    among, least = count + others, max(k, 5)
    said = gate.people(count, among=among, k=k)
    # every number of people that would have been said the same way
    same = {n for n in range(among + 1) if gate.people(n, among=among, k=k) == said}
    assert count in same
    assert len(same) >= min(5, among + 1)
    if count < least:
        assert set(range(min(least, among + 1))) <= same
    if others < least:
        assert {among - n for n in range(min(least, among + 1))} <= same


@given(st.integers(0, 400), st.integers(0, 400), st.integers(1, 20))
def test_what_is_said_is_true(count: int, others: int, k: int) -> None:
    for said in (gate.people(count, k=k), gate.people(count, among=count + others, k=k)):
        assert said.low <= count
        assert said.high is None or count <= said.high


@pytest.mark.parametrize(
    ("done", "total", "shown"),
    [(0, 0, 100), (0, 500, 0), (24, 500, 0), (25, 500, 5), (499, 500, 95), (500, 500, 100), (18, 19, 0), (19, 19, 100)],
)
def test_progress_does_not_tell_how_many_people_there_are(done: int, total: int, shown: int) -> None:
    assert gate.progress(done, total) == shown


@given(st.integers(1, 60), st.integers(0, 60), st.integers(0, 4))
def test_four_accounts_of_one_hand_do_not_tell_nobody_from_somebody(others: int, rest: int, own: int) -> None:
    """She knows what her own say. Whatever is said of the sum leaves that at least four others did, or did not."""
    among = others + rest + own
    for all_of in (among, None):
        said = gate.guarded(others + own, among=all_of)
        same = {n for n in range(others + rest + 1) if gate.guarded(n + own, among=all_of) == said}
        assert 0 not in same or set(range(min(5, others + rest + 1))) <= same
        if all_of is not None and others + rest in same:
            assert set(range(max(0, others + rest - 4), others + rest + 1)) <= same
