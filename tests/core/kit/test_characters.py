import pytest

from core.kit.characters import visible


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("  Big\tkick-off \n", "Big kick-off"),
        ("a\x00b\u200bc\u202ed", "abcd"),
        ("Grüße\N{NO-BREAK SPACE}aus Köln", "Grüße aus Köln"),
        ("\x00", ""),
    ],
)
def test_search_words_are_what_one_sees(typed: str, meant: str) -> None:
    assert visible(typed) == meant
