"""The one reader of numbers, shares and placeholders."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.sheets.cells import CellValue, Unreadable
from core.sheets.values import count, normalised, share, thousands_mark


@given(st.integers(-(10**12), 10**12), st.sampled_from([",", ".", "\u00a0", "\u202f", "'", "’"]))
def test_grouped_numbers_come_back_as_they_were(number: int, mark: str) -> None:
    text = f"{number:,}".replace(",", mark)
    assert count(text, thousands=mark) == number


@pytest.mark.parametrize(
    "cell",
    [
        *("", " ", "-", "--", "–", "—", "…", "...", None, float("nan")),
        *("n/a", "N/A", "#N/A", "#NV", "NaN", "null", "NULL", "None", "undefined", "k. A.", "k.A.", "keine Angabe"),
    ],
)
def test_nothing_is_unknown(cell: CellValue) -> None:
    assert count(cell) is None
    if not isinstance(cell, float):
        assert share(cell) == (None, "=")


def test_endless_digits_are_no_number() -> None:
    with pytest.raises(ValueError, match="number_too_large"):
        count("9" * 5_000)
    with pytest.raises(ValueError, match="number_unreadable"):
        count("x" * 5_000)


@pytest.mark.parametrize("cell", [True, float("inf"), date(2026, 10, 3), datetime(2026, 10, 3)])
def test_odd_cells_are_no_numbers(cell: CellValue) -> None:
    with pytest.raises(ValueError, match="number_unreadable"):
        count(cell)


def test_both_marks_in_one_file_contradict_each_other() -> None:
    assert thousands_mark(["1,234", "12", "1,234,567"]) == ","
    for contradicting in (["1,234", "1.234"], ["1.234", "120.0"], ["1,234.0", "1.234"]):
        with pytest.raises(Unreadable, match="number_mixed"):
            thousands_mark(contradicting)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1234.0", 1234),
        ("-2.0", -2),
        ("0.0", 0),
        ("0,00", 0),
        ("1,234.00", 1234),
        ("1.234,0", 1234),
        ("1234.000", 1234),
    ],
)
def test_decimals_that_say_nothing_are_left_out(text: str, number: int) -> None:
    """Tables with gaps come out of pandas with whole numbers as 1234.0."""
    assert count(text) == number


@pytest.mark.parametrize(
    ("text", "code"),
    [("0.123", "number_not_whole"), ("1.000", "number_ambiguous"), ("12.5", "number_not_whole"), ("1,0,0", "number_")],
)
def test_decimals_that_say_something_are_no_whole_numbers(text: str, code: str) -> None:
    with pytest.raises(ValueError, match=code):
        count(text)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2%", (Decimal("0.02"), "=")),
        ("12,5 %", (Decimal("0.125"), "=")),
        (0.325, (Decimal("0.325"), "=")),
        (0.028999999165534973, (Decimal("0.029"), "=")),
        ("< 1%", (Decimal("0.01"), "<")),
        ("<1 %", (Decimal("0.01"), "<")),
        ("menos de 1%", (Decimal("0.01"), "<")),
        ("weniger als 1 %", (Decimal("0.01"), "<")),
    ],
)
def test_shares_keep_what_is_only_a_bound(cell: CellValue, expected: tuple[Decimal, str]) -> None:
    assert share(cell) == expected


@pytest.mark.parametrize("cell", ["viel", "250%", 5.2, "1.5"])
def test_other_things_are_no_shares(cell: CellValue) -> None:
    with pytest.raises(ValueError, match="share_unreadable"):
        share(cell)


def test_labels_are_compared_without_what_cannot_be_seen() -> None:
    assert normalised(" Auf\u00adrufe\u00a0 (insgesamt)\u200b") == "aufrufe (insgesamt)"
