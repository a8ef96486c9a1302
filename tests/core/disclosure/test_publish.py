from __future__ import annotations

from decimal import Decimal

import pytest

from core.disclosure.publication import Cell, Contribution, Reason, cells_of
from core.disclosure.publish import Publication, publish, publish_together


def week(period: str, **groups: int) -> list[Contribution]:
    """So many people per group, each with a figure of 10."""
    person = iter(range(1_000))
    return [Contribution(next(person), g, period, Decimal(10)) for g, n in groups.items() for _ in range(n)]


def reasons(cells: list[Cell], **options: object) -> dict[tuple[str, str], Reason | None]:
    return {(p.group, p.period): p.reason for p in publish(cells, **options)}  # type: ignore[arg-type]


def test_a_figure_needs_five_people_besides_four_of_one_hand() -> None:
    """Of eight, four of them under one hand, she would read the sum of four."""
    assert reasons(cells_of(week("w1", a=8), total=None)) == {("a", "w1"): Reason.TOO_FEW}
    assert reasons(cells_of(week("w1", a=9), total=None)) == {("a", "w1"): None}


def test_both_those_with_a_figure_and_those_it_is_about_must_be_enough() -> None:
    figures = {person: Decimal(10) for person in range(8)}
    few_figures = Cell.of("a", "w1", figures, cohort=frozenset(range(40)))
    assert publish([few_figures])[0].reason == Reason.TOO_FEW
    narrow = Cell.of("a", "w1", {person: Decimal(10) for person in range(30)}, cohort=frozenset(range(8)))
    assert publish([narrow])[0].reason == Reason.TOO_FEW


def test_no_setting_goes_below_five() -> None:
    assert reasons(cells_of(week("w1", a=8), total=None), k=1) == {("a", "w1"): Reason.TOO_FEW}
    assert reasons(cells_of(week("w1", a=9), total=None), k=1) == {("a", "w1"): None}


def test_a_larger_smallest_group_than_usual_is_respected() -> None:
    assert reasons(cells_of(week("w1", a=12), total=None), k=7) == {("a", "w1"): Reason.TOO_FEW}
    assert reasons(cells_of(week("w1", a=13), total=None), k=7) == {("a", "w1"): None}


def test_hidden_cells_carry_no_value_and_shown_ones_the_sum() -> None:
    few, enough = publish(cells_of(week("w1", a=4, b=30), total=None))
    assert (few.shown, few.value, few.people_band) == (False, None, (0, 8))
    assert (enough.shown, enough.value, enough.people_band) == (
        True,
        Decimal(300),
        (20, 49),
    )


def test_a_small_generation_takes_the_smallest_other_one_with_it() -> None:
    assert reasons(cells_of(week("w1", a=20, b=3, c=10))) == {
        ("a", "w1"): None,
        ("b", "w1"): Reason.TOO_FEW,
        ("c", "w1"): Reason.PROTECTS_OTHER,
        ("*", "w1"): None,
    }


def test_what_is_hidden_beside_the_other_side_of_a_rate_is_no_secret() -> None:
    """Parts of a sum that is shown are one: with the total shown, the smallest other group goes with them."""
    publication = Publication(cells_of(week("w1", a=20, b=12, c=30)))
    for are_secret, shown in ((True, {"*", "c"}), (False, {"*", "a", "c"})):
        found = publication.decide({("", "b", "w1")}, are_secret=are_secret)
        assert {each.group for each in found if each.shown} == shown


def test_one_figure_that_was_seen_earlier_makes_no_other_one_known() -> None:
    cells = cells_of(week("w1", a=20, b=3, c=10))
    seen = [cell for cell in cells if cell.group == "a"]
    assert [p.group for p in publish(cells, shown_before=seen) if not p.shown] == ["b", "c"]


def test_a_step_is_judged_once_more_when_the_one_before_had_to_be_hidden() -> None:
    """The second week is hidden beside a small group, so the third compares with the first: two people more."""

    def circle(group: str, period: str, people: range) -> list[Contribution]:
        return [Contribution(person, group, period, Decimal(10)) for person in people]

    weeks = [*circle("a", "w1", range(20)), *circle("a", "w2", range(30)), *circle("a", "w3", range(22))]
    others = [*circle("b", "w2", range(100, 103)), *circle("c", "w2", range(200, 250))]
    got = reasons(cells_of([*weeks, *others]))
    assert [got["a", week] for week in ("w1", "w2", "w3")] == [None, Reason.PROTECTS_OTHER, Reason.CHANGED_BY_FEW]


def test_a_group_that_lacks_three_people_of_the_total_is_hidden() -> None:
    rest = [Contribution(900 + i, "other", "w1", Decimal(10)) for i in range(3)]
    cells = [c for c in cells_of([*week("w1", a=57), *rest]) if c.group != "other"]
    assert reasons(cells) == {("a", "w1"): Reason.PROTECTS_OTHER, ("*", "w1"): None}


def test_a_margin_over_weeks_does_not_give_the_hidden_week_away() -> None:
    cells = cells_of([*week("w1", a=10), *week("w2", a=4)], total=None, margin="*")
    got = reasons(cells)
    assert got["a", "w2"] == Reason.TOO_FEW
    assert [got["a", "w1"], got["a", "*"]].count(None) == 1


def test_one_person_with_more_than_half_hides_the_cell() -> None:
    figures = {i: Decimal(10) for i in range(10)}
    assert publish([Cell.of("a", "w1", {**figures, 0: Decimal(90)})])[0].shown
    assert publish([Cell.of("a", "w1", {**figures, 0: Decimal(91)})])[0].reason == Reason.DOMINATED


def test_two_people_with_more_than_three_quarters_hide_the_cell() -> None:
    figures = {i: Decimal(10) for i in range(10)}
    assert publish([Cell.of("a", "w1", {**figures, 0: Decimal(120), 1: Decimal(80)})])[0].shown
    hidden = publish([Cell.of("a", "w1", {**figures, 0: Decimal(140), 1: Decimal(120)})])[0]
    assert hidden.reason == Reason.DOMINATED


@pytest.mark.parametrize("own", [0, 1, 4])
def test_figures_of_ones_own_do_not_hide_that_one_other_person_makes_up_the_rest(own: int) -> None:
    """She gives her accounts figures larger than anybody's, and would take them off again."""
    others = {i: Decimal(10) for i in range(10)} | {0: Decimal(91)}
    hers = {100 + number: Decimal(1000) for number in range(own)}
    assert publish([Cell.of("a", "w1", others | hers)])[0].reason == Reason.DOMINATED


@pytest.mark.parametrize("own", [0, 4])
def test_that_nobody_has_anything_is_not_said(own: int) -> None:
    figures = {i: Decimal(0) for i in range(12)} | {100 + number: Decimal(5) for number in range(own)}
    assert publish([Cell.of("a", "w1", figures)])[0].reason == Reason.DOMINATED
    some = figures | {20 + number: Decimal(1) for number in range(6)}
    assert publish([Cell.of("a", "w1", some)])[0].shown


def test_negative_corrections_do_not_hide_a_dominant_person() -> None:
    figures = {
        0: Decimal(100),
        1: Decimal(-100),
        **{i: Decimal(1) for i in range(2, 12)},
    }
    assert publish([Cell.of("a", "w1", figures)])[0].reason == Reason.DOMINATED


def test_a_step_is_judged_by_the_last_one_that_is_shown_not_by_a_hidden_one_between() -> None:
    """The second week is about others and dominated; the third is the first without one person."""
    first = {person: Decimal(10) for person in range(20)}
    second = {person: Decimal(10) for person in range(50, 70)} | {50: Decimal(9000)}
    third = {person: Decimal(10) for person in range(19)}
    weeks = [Cell.of("a", f"2026-W0{number}", figures) for number, figures in enumerate((first, second, third), 1)]
    assert list(reasons(weeks).values()) == [None, Reason.DOMINATED, Reason.CHANGED_BY_FEW]


@pytest.mark.parametrize(("hand", "shown"), [(8, False), (10, True)])
def test_as_many_of_the_largest_are_taken_off_as_one_hand_may_hold(hand: int, shown: bool) -> None:
    """Where the smallest group is nine, one hand holds eight accounts: with eight larger figures nobody is told that a
    single other person makes up the rest. Of ten, two are others'."""
    figures = {person: Decimal(1000 if person < hand else 0) for person in range(20)} | {19: Decimal(7)}
    (cell,) = publish([Cell.of("a", "2026-W01", figures)], k=9)
    assert cell.shown is shown


def test_a_step_by_one_person_is_held_until_five_have_changed() -> None:
    def circle(period: str, people: range) -> Cell:
        return Cell.of("a", period, {p: Decimal(10) for p in people})

    cells = [
        circle("2026-W01", range(10)),
        circle("2026-W02", range(11)),
        circle("2026-W03", range(11)),
        circle("2026-W04", range(10)),
        circle("2026-W05", range(15)),
    ]
    assert [p.reason for p in publish(cells)] == [
        None,
        Reason.CHANGED_BY_FEW,
        Reason.CHANGED_BY_FEW,
        None,
        None,
    ]
    assert all(p.shown for p in publish(cells, hold_steps=False))


def test_the_circle_not_the_weeks_posters_decides_about_a_step() -> None:
    circle = frozenset(range(12))
    cells = [
        Cell.of("a", "w1", {p: Decimal(10) for p in range(10)}, cohort=circle),
        Cell.of("a", "w2", {p: Decimal(10) for p in range(2, 12)}, cohort=circle),
    ]
    assert all(p.shown for p in publish(cells))


def test_a_latecomer_does_not_change_a_figure_that_was_already_seen() -> None:
    seen = Cell.of("a", "w1", {p: Decimal(10) for p in range(10)})
    now = Cell.of("a", "w1", {p: Decimal(10) for p in range(11)})
    assert publish([now], shown_before=[seen])[0].reason == Reason.CHANGED_BY_FEW
    assert publish([seen], shown_before=[seen])[0].shown


def test_a_latecomer_within_the_circle_changes_nothing_seen_nor_does_a_change_of_the_circle_alone() -> None:
    """Those with a figure and those it is about are compared each on their own."""
    everybody = frozenset(range(40))
    seen = Cell.of("a", "w1", {p: Decimal(10) for p in range(10)}, cohort=everybody)
    late_figure = Cell.of("a", "w1", {p: Decimal(10) for p in range(11)}, cohort=everybody)
    late_member = Cell.of("a", "w1", {p: Decimal(10) for p in range(10)}, cohort=everybody | {40})
    for now in (late_figure, late_member):
        assert publish([now], shown_before=[seen], complementary=False)[0].reason == Reason.CHANGED_BY_FEW


def test_metrics_that_add_up_are_hidden_together() -> None:
    def table(people: int) -> list[Cell]:
        return [Cell.of("a", "w1", {p: Decimal(10) for p in range(people)})]

    published = publish_together({"reactions": table(9), "comments": table(8), "interactions": table(9)})
    assert {m: p[0].shown for m, p in published.items()} == dict.fromkeys(published, False)


def test_metrics_that_add_up_respect_a_larger_smallest_group() -> None:
    assert [
        publish_together({"reactions": cells_of(week("w1", a=12), total=None)}, k=k)["reactions"][0].shown
        for k in (6, 7)
    ] == [True, False]


def test_metrics_that_add_up_keep_what_was_seen_of_each() -> None:
    seen, now = ([Cell.of("a", "w1", {p: Decimal(10) for p in range(people)})] for people in (10, 11))
    published = publish_together({"reactions": now}, shown_before={"reactions": seen})
    assert not published["reactions"][0].shown


def test_steps_of_metrics_that_add_up_are_free_where_they_are_no_time_line() -> None:
    steps = [Cell.of("a", f"w{number}", {p: Decimal(10) for p in range(9 + number)}) for number in (1, 2)]
    assert all(p.shown for p in publish_together({"reactions": steps}, hold_steps=False)["reactions"])


def test_metrics_that_add_up_keep_the_other_rules_too() -> None:
    """The smallest other group goes with a small one, and a step by one person is held."""
    table = cells_of(week("w1", a=20, b=3, c=10))
    assert {p.group for p in publish_together({"reactions": table})["reactions"] if not p.shown} == {"b", "c"}
    steps = [Cell.of("a", f"w{number}", {p: Decimal(10) for p in range(9 + number)}) for number in (1, 2)]
    assert [p.shown for p in publish_together({"reactions": steps})["reactions"]] == [True, False]


@pytest.mark.parametrize("small", [2, 4])
def test_many_weeks_with_margins_are_decided(small: int) -> None:
    sizes = {"a": 20, "b": 10, "c": small, "d": 7}
    rows = [c for w in range(30) for c in week(f"{w:02}", **sizes)]
    got = reasons(cells_of(rows, margin="year"), hold_steps=False)
    assert got["c", "00"] == Reason.TOO_FEW
    assert got["*", "year"] is None
