from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.disclosure.publication import enough
from core.disclosure.shares import Share, people_band, round_count, share_band


def test_a_share_with_enough_people_on_both_sides_is_exact() -> None:
    assert share_band(30, 60) == Share(exact=Decimal("0.5"), low=50, high=50)


@pytest.mark.parametrize("missing", [0, 3, 4, 8])
def test_a_share_with_a_few_people_missing_is_only_a_band(missing: int) -> None:
    """Eight: four accounts of one hand, kept out on purpose, would else tell that nobody besides is missing."""
    assert share_band(60 - missing, 60) == Share(exact=None, low=85, high=100)


def test_a_share_of_two_people_is_only_a_band() -> None:
    assert share_band(2, 60) == share_band(0, 60) == share_band(8, 60) == Share(exact=None, low=0, high=15)


def test_a_share_of_eight_people_is_not_said_and_of_sixteen_not_told_apart() -> None:
    assert share_band(2, 8) is None
    assert {share_band(n, 16) for n in range(8, 9)} == {Share(exact=None, low=0, high=100)}


@given(st.integers(0, 300), st.integers(0, 300), st.sampled_from([1, 3, 5, 8]))
def test_a_band_holds_the_true_share_and_is_the_same_for_all_small_sides(yes: int, no: int, k: int) -> None:
    share = share_band(yes, yes + no, k=k)
    if share is not None and share.exact is None:
        assert share.low * (yes + no) <= 100 * yes <= share.high * (yes + no)
        if no < enough(k) <= yes:
            assert share == share_band(yes + no, yes + no, k=k)


@pytest.mark.parametrize(
    ("count", "band"),
    [
        (0, (0, 8)),
        (8, (0, 8)),
        (9, (9, 19)),
        (19, (9, 19)),
        (20, (20, 49)),
        (49, (20, 49)),
        (60, (50, 99)),
        (99, (50, 99)),
        (100, (100, 199)),
        (200, (200, 499)),
        (500, (500, 999)),
        (999, (500, 999)),
        (1000, (1000, None)),
        (5000, (1000, None)),
    ],
)
def test_people_are_counted_in_bands(count: int, band: tuple[int, int | None]) -> None:
    assert people_band(count) == band


@pytest.mark.parametrize(("count", "among", "low"), [(9, 9, 9), (20, 20, 9), (20, 27, 9), (20, 28, 20), (50, 57, 20)])
def test_that_nearly_all_are_among_them_is_not_said(count: int, among: int, low: int) -> None:
    assert people_band(count, among=among)[0] == low
    assert people_band(8, among=among) == (0, 8)


@pytest.mark.parametrize("k", [0, 1, 4, 5])
def test_no_setting_makes_groups_of_fewer_than_five(k: int) -> None:
    assert people_band(8, k=k) == (0, 8)
    assert people_band(9, k=k) == (9, 19)
    assert share_band(2, 8, k=k) is None
    assert share_band(1, 9, k=k) == Share(exact=None, low=0, high=100)
    assert share_band(9, 18, k=k) == Share(exact=Decimal("0.5"), low=50, high=50)
    assert share_band(8, 40, k=k) == share_band(0, 40, k=k) == Share(exact=None, low=0, high=20)


def test_a_larger_smallest_group_counts() -> None:
    assert people_band(14, k=8) == (0, 14)
    assert people_band(15, k=8) == (15, 19)
    assert share_band(14, 14, k=8) is None
    assert share_band(15, 15, k=8) == Share(exact=None, low=5, high=100)
    assert share_band(0, 60, k=30) == Share(exact=None, low=0, high=100)


@given(st.integers(5, 40))
def test_no_band_of_people_is_narrower_than_five(k: int) -> None:
    low, high = people_band(2 * k - 1, k=k)
    assert high is None or high - low >= 4


def test_counts_of_small_groups_are_rounded_to_five() -> None:
    assert [round_count(Decimal(v), 19) for v in (2, 3, 7, 8)] == [0, 5, 5, 10]
    assert round_count(Decimal(7), 20) == 7
