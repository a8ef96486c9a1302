from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.imports.sources.base import CellValue, Unreadable
from analytics.imports.sources.linkedin_ids import is_linkedin, minted_at, post_id
from analytics.imports.sources.names import read_name
from analytics.imports.sources.text import count, date_order, day, normalised, share, thousands_mark


@given(st.integers(-(10**12), 10**12), st.sampled_from([",", ".", "\u00a0", "\u202f", "'", "’"]))
def test_grouped_numbers_come_back_as_they_were(number: int, mark: str) -> None:
    text = f"{number:,}".replace(",", mark)
    assert count(text, thousands=mark) == number


@pytest.mark.parametrize("cell", ["", " ", "-", "--", "n/a", "undefined", None])
def test_nothing_is_unknown(cell: CellValue) -> None:
    assert count(cell) is None
    assert share(cell) == (None, "=")


def test_endless_digits_are_no_number() -> None:
    with pytest.raises(ValueError, match="number_too_large"):
        count("9" * 5_000)
    with pytest.raises(ValueError, match="number_unreadable"):
        count("x" * 5_000)


@pytest.mark.parametrize("cell", ["31.12.9999", "1/1/1900", {"date": "1899-12-31"}, 12.5, "31/31/26"])
def test_days_outside_this_century_are_no_days(cell: CellValue) -> None:
    with pytest.raises(ValueError, match=r"date_(unreadable|impossible)"):
        day(cell, "mdy")


@pytest.mark.parametrize("cell", [True, float("nan"), float("inf"), {"date": "2026-10-03"}])
def test_odd_cells_are_no_numbers(cell: CellValue) -> None:
    with pytest.raises(ValueError, match="number_unreadable"):
        count(cell)


def test_both_marks_in_one_file_contradict_each_other() -> None:
    assert thousands_mark(["1,234", "12", "1,234,567"]) == ","
    with pytest.raises(Unreadable, match="number_mixed"):
        thousands_mark(["1,234", "1.234"])


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


@pytest.mark.parametrize(
    "cell",
    [
        "10/3/2026",
        "10/03/2026",
        "03.10.2026",
        "3.10.26",
        "2026-10-03",
        "Oct 3, 2026",
        "Sat, Oct 3, 2026",
        "03 Oct 2026",
        46298,
        46298.0,
        {"date": "2026-10-03T00:00:00"},
    ],
)
def test_days_are_read_as_people_and_programs_write_them(cell: CellValue) -> None:
    assert day(cell, "mdy") == date(2026, 10, 3)


@given(st.dates(date(2015, 1, 1), date(2030, 1, 1)), st.integers(14, 60), st.sampled_from(["mdy", "dmy"]))
def test_two_weeks_of_days_prove_their_order(first: date, length: int, order: str) -> None:
    days = [first + timedelta(days=i) for i in range(length)]
    texts: list[CellValue] = [
        f"{d.month}/{d.day}/{d.year}" if order == "mdy" else f"{d.day}/{d.month}/{d.year}" for d in days
    ]
    found = date_order(texts)
    assert [day(t, found) for t in texts] == days


def test_a_gap_in_the_days_does_not_refuse_a_clear_file() -> None:
    assert date_order(["10/20/2026", "10/22/2026", "10/30/2026"]) == "mdy"
    assert date_order(["20.10.2026", "23.10.2026"]) in {"mdy", "dmy"}


def test_labels_are_compared_without_what_cannot_be_seen() -> None:
    assert normalised(" Auf\u00adrufe\u00a0 (insgesamt)\u200b") == "aufrufe (insgesamt)"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "https://www.linkedin.com/feed/update/urn:li:activity:7330125177223049218",
            ("activity", "7330125177223049218"),
        ),
        (
            "https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A7330125177223049218/?trk=x",
            ("share", "7330125177223049218"),
        ),
        (
            "https://www.linkedin.com/posts/erika_hello-ugcPost-7330125177223049218-AbCd",
            ("ugcPost", "7330125177223049218"),
        ),
        (
            "https://www.linkedin.com/posts/erika_hello-activity-7330125177223049218-AbCd?utm_source=x",
            ("activity", "7330125177223049218"),
        ),
        ("https://www.linkedin.com/in/erika", None),
    ],
)
def test_numbers_of_posts_are_found_in_every_shape_of_address(url: str, expected: tuple[str, str] | None) -> None:
    assert post_id(url) == expected


def test_a_number_tells_its_time_and_nonsense_tells_none() -> None:
    when = minted_at("7330125177223049218")
    assert when is not None
    assert when.date() == date(2025, 5, 19)
    assert minted_at("12345678901") is None
    assert minted_at("9" * 20) is None


@pytest.mark.parametrize(
    "url",
    [
        "http://www.linkedin.com/x",
        "https://linkedin.com.evil.example/x",
        "https://www.linkedin.com@evil.example/x",
        "https://www.linkedin.com:8443/x",
        "javascript:alert(1)//linkedin.com",
        "https://[::1/x",
    ],
)
def test_only_linkedin_itself_is_linkedin(url: str) -> None:
    assert not is_linkedin(url)
    assert is_linkedin("https://www.linkedin.com/feed/")


@pytest.mark.parametrize(
    ("name", "owner", "account"),
    [
        ("AggregateAnalytics_Erika Beispiel_2026-10-03_2026-11-01 (1).xlsx", "Erika Beispiel", None),
        ("Content_2026-10-03_2026-11-01_ErikaBeispiel.xlsx", "ErikaBeispiel", None),
        ("SinglePostAnalytics_Erika Beispiel_7513855734526870202.xlsx", "Erika Beispiel", None),
        ("PostAnalytics_Erika_7513855734526870202.xlsx", "Erika", None),
        ("beispiel-gmbh_updates_1612137600000.xls", None, "beispiel-gmbh"),
        ("C:\\Users\\x\\beispiel_ag_visitors_1777000000000.xls", None, "beispiel_ag"),
        ("Mappe1.xlsx", None, None),
    ],
)
def test_names_of_downloads_tell_whose_they_are(name: str, owner: str | None, account: str | None) -> None:
    facts = read_name(name)
    assert (facts.owner, facts.account) == (owner, account)
