"""Matching is pure: deterministic, never oneself, never somebody without time or without a common language."""

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from programs.mentors.matching import Side, ranked

WORDS = st.frozensets(st.sampled_from(["Photos", "photos", "Welding", "Law", "Steel"]), max_size=3)
SPOKEN = st.frozensets(st.sampled_from(["de", "en", "pl"]), max_size=2)
PLACES = st.sampled_from(["", "Bremen", "bremen", "Rostock"])
NUMBERS = st.integers(0, 3)
SIDES = st.builds(Side, st.integers(1, 9), WORDS, SPOKEN, PLACES, NUMBERS, NUMBERS)
GROUPS = st.lists(SIDES, max_size=9, unique_by=lambda side: side.id)


@given(SIDES, GROUPS, st.randoms())
def test_the_same_people_give_the_same_answer(seeker: Side, others: list[Side], random: Any) -> None:
    shuffled = [*others]
    random.shuffle(shuffled)
    assert ranked(seeker, others) == ranked(seeker, shuffled)


@given(SIDES, GROUPS)
def test_nobody_is_suggested_who_does_not_suit(seeker: Side, others: list[Side]) -> None:
    known = {side.id: side for side in others}
    found = ranked(seeker, others)
    assert len({match.id for match in found}) == len(found)
    for match in found:
        other = known[match.id]
        assert match.id != seeker.id
        assert other.load < other.most
        assert not (seeker.languages and other.languages) or seeker.languages & other.languages
        assert set(match.topics) <= other.topics
    left_out = known.keys() - {match.id for match in found} - {seeker.id}
    assert all(known[pk].load >= known[pk].most or not seeker.languages & known[pk].languages for pk in left_out), (
        "nobody is left out without one of these reasons"
    )


@given(SIDES, GROUPS)
def test_more_in_common_never_comes_later(seeker: Side, others: list[Side]) -> None:
    twin = replace(seeker, id=99, load=0, most=1)
    found = ranked(seeker, [*others, twin])
    assert found
    best = found[0]
    mine = next(match for match in found if match.id == 99)
    assert len(best.topics) >= len(mine.topics), (
        "only somebody with at least as many common topics stands before a twin"
    )


def test_what_counts_and_in_which_order() -> None:
    seeker = Side(1, frozenset({"Photos"}), frozenset({"de"}), "Bremen")
    topic = Side(2, frozenset({"photos"}), frozenset({"de"}), "Rostock")
    site = Side(3, frozenset(), frozenset({"de"}), "bremen ")
    busy = Side(4, frozenset(), frozenset({"de"}), "Bremen", load=1, most=2)
    found = ranked(seeker, [busy, site, topic])
    assert found[0].topics == ("photos",)
    assert [match.same_site for match in found] == [False, True, True]
    free = ranked(seeker, [replace(busy, load=0), site, topic])
    assert [match.id for match in free] == [match.id for match in found], "the order tells nobody who accompanies whom"
