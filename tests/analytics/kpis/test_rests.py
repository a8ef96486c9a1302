"""What is missing from a share, a part or a number of active people is told no more of few than the figure itself."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from analytics.kpis import publish
from analytics.kpis.already_seen import Seen, Sources
from analytics.kpis.columns import Column, Roll
from analytics.kpis.drafts import Drafts
from analytics.kpis.marks import Marks
from analytics.kpis.weeks import month_of, weeks_of
from core.disclosure.crowd import Crowd
from core.disclosure.publication import TOTAL
from tests.factories import kpis as make

LAST = make.mondays(date(2026, 11, 23), 8)[-1]


def _decided(kpi: str, groups: dict[str, list[tuple[int, int]]]) -> dict[str, Any]:
    """One week of generations and of all, after disclosure control."""
    parts = [part for each in groups.values() for part in each]
    roll, circles, first = Roll(range(len(parts))), {(TOTAL, LAST): Crowd.of(range(len(parts)))}, 0
    for name, each in groups.items():
        circles[name, LAST] = Crowd.of(range(first, first + len(each)))
        first += len(each)
    columns = {kpi: {LAST: Column([above for above, _ in parts], [below for _, below in parts])}}
    drafts = Drafts(circles, circles, [], roll, b"key", k=5).of(kpi, columns[kpi])
    publish.Decision({kpi: drafts}, Seen(), Sources(columns, Marks(roll, b"key")), k=5).take()
    return {draft.group: publish.released(draft, k=5) for draft in drafts}


def test_a_post_that_is_missing_from_a_share_is_not_told() -> None:
    """Who has the one post without a label among the own ones knows of all others that they labelled everything."""
    told = _decided("label_rate", {"1": [(2, 2)] * 19 + [(1, 2)]})["1"]
    all_of_them = _decided("label_rate", {"1": [(2, 2)] * 20})["1"]
    assert (told.state, told.is_floor, told.above, told.below) == ("shown", True, None, None)
    assert told.value == all_of_them.value == Decimal("0.3")  # as if nine of them, and five more, had labelled nothing


@pytest.mark.parametrize("people", range(15, 121, 5))
def test_at_least_so_much_does_not_tell_that_each_one_has_posts(people: int) -> None:
    """Nine of twenty have no more than 45 % only where each of the twenty has as many: who has one knows it of all."""

    def told(others: list[int]) -> Any:
        found = _decided("label_rate", {"1": [(each or None, each or None) for each in [1] * 4 + others]})["1"]
        return found.state, found.value, found.is_floor

    some_have_none = [2] * 5 + [1] * (people - 14) + [0] * 5
    assert told([1] * (people - 4)) == told(some_have_none)


@pytest.mark.parametrize("labelled", range(0, 200, 20))
@pytest.mark.parametrize("missing", range(3))
def test_four_accounts_do_not_move_what_is_said_over_an_edge(labelled: int, missing: int) -> None:
    """They add labelled posts of their own, night by night, until a figure appears or changes: when it does depends on
    nothing that somebody else left out."""
    mine = [(labelled, labelled + 2)] * 4

    def told(others: list[tuple[int, int]]) -> Any:
        found = _decided("label_rate", {"1": mine + others})["1"]
        return found.state, found.value, found.is_floor, found.above, found.below

    assert told([(4 - missing, 4), *[(4, 4)] * 19]) == told([(4, 4)] * 20)


def test_what_is_said_coarsely_is_not_worked_out_from_the_others() -> None:
    """All minus generation 2 would be generation 1, in which nobody left a label out."""
    told = _decided("label_rate", {"1": [(2, 2)] * 20, "2": [(1, 2)] * 9, "3": [(1, 2)] * 12})
    assert told["1"].is_floor
    exact = [group for group in ("2", "3", TOTAL) if told[group].above is not None]
    assert len(exact) == 2
    assert told["3"].above == 12


def test_what_was_told_exactly_last_week_counts_when_the_month_is_over() -> None:
    """The month minus its first three weeks would be the last one, in which a single post is without a label."""
    weeks = weeks_of(month_of(LAST))
    roll, everybody = Roll(range(20)), Crowd.of(range(20))
    circles = {("1", week): everybody for week in weeks}
    ten = Column([1] * 12 + [2] * 8, [2] * 20)  # twelve people miss a label
    one = Column([2] * 19 + [1], [2] * 20)
    columns = {"label_rate": dict.fromkeys(weeks[:-1], ten) | {weeks[-1]: one}}
    drafts = Drafts(circles, circles, [month_of(LAST)], roll, b"key", k=5)
    marks, seen = Marks(roll, b"key"), Seen()
    before = {draft.place: draft for draft in drafts.of("label_rate", columns["label_rate"]) if draft.period == "week"}
    for week in weeks[:-1]:
        seen.digests["label_rate"]["week", "1", week] = before["week", "1", week].digest
        seen.exact["label_rate"].add(("week", "1", week))
    rows = drafts.of("label_rate", columns["label_rate"])
    publish.Decision({"label_rate": rows}, seen, Sources(columns, marks), k=5).take()
    told = {(draft.period, draft.start_on): publish.released(draft, k=5) for draft in rows}
    assert [told["week", week].above is not None for week in weeks] == [*[True] * (len(weeks) - 1), False]
    assert told["month", month_of(LAST)].above is None, "what nobody has read yet is what is not told"


def test_what_is_missing_from_the_answers_is_told_where_it_may_be() -> None:
    """Answers without comments are reactions and reposts: of those one person has most."""
    mine, others = [(240, 240)] * 4, [(50, 60)] * 4
    told = _decided("dialog_rate", {"1": [*mine, (40, 240), *others]})["1"]
    assert told.state == "too_few"
    assert _decided("dialog_rate", {"1": [(50, 60)] * 9})["1"].above == 450


def test_who_was_active_is_not_worked_out_from_the_others() -> None:
    """All minus generation 2 would be generation 1, in which everybody was active."""
    told = _decided("activity_rate", {"1": [(1, 1)] * 20, "2": [(1, 1)] * 11 + [(0, 1)] * 9})
    assert told["1"].is_floor
    assert [told[group].state for group in ("2", TOTAL)].count("shown") == 1


def test_a_share_with_much_missing_by_one_person_is_hidden() -> None:
    assert _decided("value_mix", {"1": [(2, 2)] * 9 + [(0, 30)]})["1"].state == "too_few"
    assert _decided("value_mix", {"1": [(3, 4)] * 9})["1"].value == Decimal("0.75")
