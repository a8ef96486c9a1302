"""Merging and comparing texts, without a database."""

from hypothesis import given
from hypothesis import strategies as st

from programs.handbook.changes import changes
from programs.handbook.merging import merged

LINES = st.lists(st.sampled_from(["a\n", "b\n", "c\n", "d\n"]), max_size=8)


def test_changes_in_different_places_go_together() -> None:
    assert merged("a\nb\nc\n", "A\nb\nc\n", "a\nb\nC\n") == "A\nb\nC\n"


def test_changes_in_the_same_place_are_for_a_person() -> None:
    assert merged("a\n", "b\n", "c\n") is None


@given(base=LINES, mine=LINES, theirs=LINES)
def test_what_only_one_changed_wins(base: list[str], mine: list[str], theirs: list[str]) -> None:
    old, one, other = "".join(base), "".join(mine), "".join(theirs)
    assert merged(old, one, old) == one
    assert merged(old, old, other) == other
    assert merged(old, one, one) == one


@given(before=st.text(max_size=200), after=st.text(max_size=200))
def test_both_texts_are_in_what_is_shown(before: str, after: str) -> None:
    shown = changes(before, after).paragraphs
    letters = lambda kinds: "".join(  # noqa: E731
        text for each in shown for kind, text in each.parts if kind in kinds
    )
    squeezed = lambda text: "".join(text.split())  # noqa: E731
    assert squeezed(letters(("", "del"))) == squeezed(before)
    assert squeezed(letters(("", "ins"))) == squeezed(after)


def test_words_are_counted() -> None:
    found = changes("One hour a week.\n\nSame.", "Two hours a week.\n\nSame.\n\nNew words here.")
    assert (found.added, found.removed) == (5, 2)
    assert [each.is_changed for each in found.paragraphs] == [True, False, True]
