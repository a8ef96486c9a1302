"""What holds for any two versions of a template: what is named as different is different, and nothing else is."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from programs.library import editing, shape
from programs.library.comparing import ADDED, REMOVED, compare
from tests.factories.library import content

KEYS = st.sampled_from(["a", "b", "c", "d"])
WORDS = st.dictionaries(st.sampled_from(["de", "en"]), st.text("xyz", min_size=1, max_size=3), min_size=1)
ITEMS = st.lists(
    st.builds(
        lambda key, title, week: {"key": key, "title": title, "due_week": week},
        KEYS,
        WORDS,
        st.none() | st.integers(1, 5),
    ),
    max_size=4,
    unique_by=lambda item: item["key"],
)
PHASES = st.lists(
    st.builds(
        lambda key, name, items, weeks: {"key": key, "name": name, "items": items, "weeks": weeks},
        KEYS,
        WORDS,
        ITEMS,
        st.integers(1, 9),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda phase: phase["key"],
)


def template(phases: Any) -> shape.Content:
    return shape.completed(content() | {"phases": phases})


@settings(max_examples=40)
@given(PHASES, PHASES)
def test_nothing_is_named_exactly_where_nothing_differs(one: Any, other: Any) -> None:
    before, after = template(one), template(other)
    assert (compare(before, after) == []) == (before == after)
    assert compare(before, before) == []


@settings(max_examples=40)
@given(PHASES, PHASES)
def test_there_and_back_tells_the_same_of_what_came_and_went(one: Any, other: Any) -> None:
    def count(before: Any, after: Any, kind: str) -> int:
        return sum(change.kind == kind and not change.phase for change in compare(before, after))

    before, after = template(one), template(other)
    assert count(before, after, ADDED) == count(after, before, REMOVED)
    keys = [{phase["key"] for phase in each} for each in (one, other)]
    assert count(before, after, ADDED) == len(keys[1] - keys[0])


@settings(max_examples=40)
@given(PHASES, ITEMS, st.integers(1, 5))
def test_editing_a_phase_changes_no_other_and_loses_no_key(phases: Any, items: Any, number: int) -> None:
    whole = template(phases)
    number = min(number, len(whole["phases"]) + 1)
    said = {"name": {"en": "New"}, "aim": {}, "first_week": 1, "weeks": 2}
    edited = editing.with_part(
        whole, number, said, [item | {"hint": {}, "must": True, "ask_every": 0} for item in items]
    )
    others = [phase for at, phase in enumerate(whole["phases"], start=1) if at != number]
    assert [phase for at, phase in enumerate(edited["phases"], start=1) if at != number] == others
    keys = [phase["key"] for phase in edited["phases"]]
    assert len(keys) == len(set(keys))
    assert {item["key"] for item in edited["phases"][number - 1]["items"]} == {item["key"] for item in items}
