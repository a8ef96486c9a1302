"""Addresses and names of files: which post, whose file."""

from __future__ import annotations

from datetime import date

import pytest

from analytics.sources.linkedin_ids import is_linkedin, minted_at, post_id
from analytics.sources.names import read_name


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
        "https://evil.linkedin.com.example/x",
        "https://evil-linkedin.com/x",
    ],
)
def test_only_linkedin_itself_is_linkedin(url: str) -> None:
    assert not is_linkedin(url)
    for host in ("www.linkedin.com", "linkedin.com", "de.linkedin.com", "m.linkedin.com"):
        assert is_linkedin(f"https://{host}/feed/")


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
