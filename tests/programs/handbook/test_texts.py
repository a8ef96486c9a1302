"""Merging and comparing texts, without a database."""

from hypothesis import given
from hypothesis import strategies as st

from core.kit.differences import opcodes
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


def test_the_same_word_over_and_over_is_compared_at_its_ends_only() -> None:
    """Comparing all of it would hold a process of the site for minutes, whenever somebody looks at the history."""
    old, new = ["x", *["b", "a"] * 400], ["x", *["c", "a"] * 400]
    assert opcodes(old, new) == [("equal", 0, 1, 0, 1), ("replace", 1, 800, 1, 800), ("equal", 800, 801, 800, 801)]
    paragraphs = changes("\n\n".join(["a b " * 150] * 8), "\n\n".join(["a c " * 150] * 8)).paragraphs
    assert [len(each.parts) > 2 for each in paragraphs] == [True] * 4 + [False] * 4, "a page costs as much as its text"
    assert changes("a\n\n" * 20_000, "b\n\n" + "a\n\n" * 19_999).added == 1


def test_a_change_in_a_long_text_is_found_in_its_place() -> None:
    shown = changes("a " * 20_000 + "end here", "a " * 20_000 + "ends here").paragraphs
    assert [text for _kind, text in shown[0].parts[1:3]] == [" end", " ends"]
