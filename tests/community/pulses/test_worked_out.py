"""What may be said of a pulse: nothing of too few, never “everybody”, and nothing by which one person could be told."""

from decimal import Decimal
from itertools import product
from typing import Any

import pytest

from community.pulses import pots, questions, shown, worked_out
from community.pulses.models import PulseRound

SCALE = questions.chosen(["time"])
BOTH = questions.chosen(["time", "recommendation"])


def said(*counts: int, asked: int = 200, k: int = 5) -> Any:
    sums = pots.Sums(sum(counts), {"time": list(counts)})
    found = worked_out.result(sums, SCALE, asked=asked, k=k)
    return found and found["items"]["time"]


def test_nothing_of_fewer_than_nine() -> None:
    assert said(0, 0, 0, 4, 4) is None
    assert said(0, 0, 0, 4, 5) is not None
    assert said(0, 0, 0, 7, 7, k=8) is None


def test_a_question_that_few_answered_has_no_figure() -> None:
    sums = pots.Sums(30, {"time": [6] * 5, "recommendation": [0] * 10 + [8]})
    found = worked_out.result(sums, BOTH, asked=60, k=5)
    assert found is not None
    assert list(found["items"]) == ["time"]


@pytest.mark.parametrize("count", [9, 12, 20, 45, 120, 1000])
@pytest.mark.parametrize("value", range(5))
def test_when_all_say_the_same_it_is_not_said(count: int, value: int) -> None:
    """As long as others could have said something else, in all that is shown."""
    counts = [0] * 5
    counts[value] = count
    some = list(counts)
    other = value - 1 if value else 1
    some[value] -= 1
    some[other] += 1
    for each in (said(*counts), said(*some)):
        low, high = each["counts"][value]
        assert low < count <= high or count == 0
    assert said(*counts)["counts"] == said(*some)["counts"]


@pytest.mark.parametrize("count", [9, 20, 40, 100])
def test_one_person_moves_a_mean_by_a_step_at_most(count: int) -> None:
    """So nobody who knows all other answers reads the last one out of it: of its five values several look the same."""
    told: dict[str, set[int]] = {}
    for last in range(1, 6):
        counts = [0, 0, count // 2, count - count // 2 - 1, 0]
        counts[last - 1] += 1
        told.setdefault(said(*counts)["mean"], set()).add(last)
    assert max(len(each) for each in told.values()) >= 2
    assert len(told) <= 2


def test_ends_of_the_scale_are_left_open() -> None:
    assert (said(0, 0, 0, 0, 120)["mean"], said(120, 0, 0, 0, 0)["mean"]) == ("4.5", "1.5")
    assert shown.mean_said(Decimal("4.5")) == "at least 4.5"
    sums = pots.Sums(100, {"time": [20] * 5, "recommendation": [0] * 10 + [100]})
    found = worked_out.result(sums, BOTH, asked=100, k=5)
    assert found is not None
    likely = found["items"]["recommendation"]
    assert (likely["score"], likely["band"], shown.score_said(75)) == (75, [75, 100], "at least +75")
    assert found["people"] == [50, 99]
    assert found["rate"] == [90, 100]


def test_the_band_holds_the_figure_and_is_never_empty() -> None:
    for counts in product((0, 4, 9), repeat=5):
        if sum(counts) < 9:
            continue
        each = said(*counts)
        low, high = map(Decimal, each["band"])
        assert low <= Decimal(each["mean"]) <= high
        assert low < high


def test_recommendation_is_those_who_would_less_those_who_would_not() -> None:
    sums = pots.Sums(100, {"time": [20] * 5, "recommendation": [2] * 7 + [18, 18] + [25, 25]})
    found = worked_out.result(sums, BOTH, asked=250, k=5)
    assert found is not None
    likely = found["items"]["recommendation"]
    assert likely["score"] == 35
    assert likely["band"][0] < 36 < likely["band"][1]
    assert found["rate"] == [40, 50]


def test_a_pot_has_one_length() -> None:
    lengths = {len(pots.close_up(pots.Sums(n, {"time": [n] * 5}))) for n in (0, 9, 10_000, 4_000_000)}
    assert len(lengths) == 1
    assert len({len(pots.letter(text)) for text in ("", "Words", "ß" * 280, "🙂" * 300)}) == 1
    assert pots.read_letter(pots.letter("🙂" * 300)) == "🙂" * 280


def test_a_result_is_shown_as_it_is_kept() -> None:
    sums = pots.Sums(30, {"time": [6] * 5, "recommendation": [0] * 11})
    kept = worked_out.result(sums, BOTH, asked=40, k=5)
    pulse = PulseRound(questions=[each.kept for each in BOTH], result=kept)
    found = shown.result_of(pulse)
    assert found is not None
    time, recommendation = found.items
    assert (time.figure, time.band, [bar.width for bar in time.bars]) == ("3.0", "2.4 to 3.6", [20] * 5)
    assert (recommendation.figure, recommendation.bars) == ("", [])
