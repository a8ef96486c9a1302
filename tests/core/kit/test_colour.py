from hypothesis import given
from hypothesis import strategies as st

from core.kit import colour

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_contrast_of_black_and_white_is_21() -> None:
    assert round(colour.contrast("#000000", "#ffffff"), 2) == 21


@given(COLOURS)
def test_every_accent_becomes_readable_in_both_themes(accent: str) -> None:
    assert colour.contrast(colour.for_light(accent), colour.WHITE) >= colour.READABLE
    assert colour.contrast(colour.for_dark(accent), colour.DARK_SHEET) >= colour.READABLE
    assert colour.contrast(colour.for_dark(accent), colour.DARK_INK) >= colour.READABLE


def test_a_readable_accent_stays_as_it_is() -> None:
    assert colour.for_light("#0b5d63") == "#0b5d63"
