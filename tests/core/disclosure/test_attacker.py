"""Whatever is published: nobody's figure, and no group of fewer than k, can be computed, also not by somebody who
knows k-1 figures. Played with k of three, so that every circle can be tried."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample

from core.disclosure import publication
from core.disclosure import publish as publishing
from core.disclosure.publication import Cell, Contribution, cells_of, enough
from core.disclosure.publish import publish

from .attacker import exposed_circles, recovered_cells

K = 3


@pytest.fixture(autouse=True, scope="module")
def small() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for module in (publication, publishing):
            patch.setattr(module, "FLOOR", K)
        yield


@st.composite
def programs(draw: st.DrawFn) -> list[Cell]:
    """Some people in groups (perhaps two at once), some weeks, with totals and perhaps margins."""
    people = draw(st.integers(3, 11))
    weeks = [f"w{i}" for i in range(draw(st.integers(1, 3)))]
    groups = st.sets(st.sampled_from("abcd"), min_size=1, max_size=2)
    rows = []
    for person in range(people):
        mine = draw(groups)
        for period in weeks:
            if draw(st.integers(0, 4)):
                rows += [Contribution(person, g, period, Decimal(draw(st.integers(5, 9)))) for g in sorted(mine)]
    return cells_of(rows, margin=draw(st.sampled_from([None, "all"])))


@st.composite
def filters(draw: st.DrawFn) -> list[Cell]:
    """Any circles at all of one week, as if by free filters."""
    people = draw(st.integers(4, 10))
    circles = draw(st.lists(st.sets(st.integers(0, people - 1), min_size=1), min_size=1, max_size=7))
    return [Cell.of(f"f{i}", "w", {p: Decimal(10) for p in c}) for i, c in enumerate(circles)]


def attack(cells: list[Cell], *, k: int = K, complementary: bool = True) -> tuple[int, int]:
    published = publish(cells, k=k, hold_steps=False, complementary=complementary)
    shown = [c for c, p in zip(cells, published, strict=True) if p.shown]
    hidden = [c for c, p in zip(cells, published, strict=True) if not p.shown]
    return len(exposed_circles(shown, k=enough(k))), len(recovered_cells(shown, hidden))


@settings(max_examples=150, deadline=None)
@given(programs())
def test_nothing_can_be_recovered_from_generations_weeks_and_totals(
    cells: list[Cell],
) -> None:
    assert attack(cells) == (0, 0)


@settings(max_examples=150, deadline=None)
@given(filters(), st.sampled_from([3, 4, 5]))
def test_nothing_can_be_recovered_from_any_filters(cells: list[Cell], k: int) -> None:
    assert attack(cells, k=k) == (0, 0)


@settings(max_examples=60, deadline=None)
@given(programs(), programs())
def test_nothing_can_be_recovered_together_with_what_was_seen_before(first: list[Cell], second: list[Cell]) -> None:
    seen = [c for c, p in zip(first, publish(first, k=K, hold_steps=False), strict=True) if p.shown]
    published = publish(second, k=K, shown_before=seen)
    shown = [c for c, p in zip(second, published, strict=True) if p.shown]
    assert exposed_circles([*seen, *shown], k=enough(K)) == []


@pytest.mark.parametrize("strategy", [programs(), filters()])
def test_without_the_complementary_rule_the_attacker_wins(
    strategy: st.SearchStrategy[list[Cell]],
) -> None:
    try:
        leak = find(
            strategy,
            lambda cells: attack(cells, complementary=False) != (0, 0),
            settings=settings(phases=[Phase.generate], deadline=None),
        )
    except NoSuchExample:
        pytest.fail("the attacker is too weak to notice a missing rule")
    assert attack(leak) == (0, 0)


@settings(max_examples=100, deadline=None)
@given(programs())
def test_every_shown_cell_has_k_people_besides_two_and_every_hidden_one_no_value(
    cells: list[Cell],
) -> None:
    for cell, published in zip(cells, publish(cells, k=K), strict=True):
        assert published.shown == (published.reason is None) == (published.value is not None)
        if published.shown:
            assert len(cell.people) >= K + 2
            assert published.value == cell.value
