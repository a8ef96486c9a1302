import pytest
from django.core.exceptions import ValidationError

from core.kit.characters import validate_one_line, validate_text, visible


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


@pytest.mark.parametrize(
    "nothing", ["\u200b", "\u2060\u2060", "\u00ad", " \u200d ", "\u3164", "\u2800", "\ufe0f", "\u00a0"]
)
def test_a_name_that_nobody_sees_is_none(nothing: str) -> None:
    with pytest.raises(ValidationError, match="invisible"):
        validate_one_line(nothing)
    with pytest.raises(ValidationError, match="invisible"):
        validate_text(f"\n{nothing}\n")


@pytest.mark.parametrize("seen", ["a\u00adb", "\u200bx", "7", "!", "👍\ufe0f", "नि"])
def test_what_somebody_sees_is_a_name(seen: str) -> None:
    validate_one_line(seen)
    validate_text(f"\n{seen}\n")
    validate_text("")
