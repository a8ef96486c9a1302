import pytest

from analytics.channels.account_names import named
from analytics.imports.owner import same_name


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Erika Beispiel", "Erika Beispiel", True),
        ("ErikaBeispiel", "Erika Beispiel", True),
        ("Dr. Erika Beispiel", "erika beispiel", True),
        ("Beispiel, Erika", "Erika Beispiel", True),
        ("Erika M. Beispiel", "Erika Beispiel", True),
        ("Jürgen Groß", "Jurgen Gross", True),
        ("Erika Beispiel", "Erika Muster", False),
        ("Erika", "Erika Beispiel", False),
        ("Max Muster", "Erika Beispiel", False),
        ("李 明", "李明", True),
        ("123", "456", False),
        ("nordwerk-ag", "Nordwerk AG", True),
        ("nordwerk-karriere", "Nordwerk AG", False),
    ],
)
def test_same_name(one: str, other: str, same: bool) -> None:
    assert same_name(one, other) is same


@pytest.mark.parametrize(
    ("text", "network", "name"),
    [
        ("X @nordwerk", "x", "@nordwerk"),
        ("x: @nordwerk", "x", "@nordwerk"),
        ("Twitter / nordwerk", "x", "nordwerk"),
        ("@nordwerk (Mastodon)", "mastodon", "@nordwerk"),
        ("LinkedIn", "linkedin", ""),
        ("LinkedIn Nordwerk AG", "linkedin", "Nordwerk AG"),
        ("Nordwerk AG", "linkedin", "Nordwerk AG"),
        ("Xaver Huber", "linkedin", "Xaver Huber"),
        ("Facebook Nordwerk", "facebook", "Nordwerk"),
        ("TikTok", "tiktok", ""),
        ("Threads nordwerk", "other", "Threads nordwerk"),
        ("YouTube", "youtube", ""),
    ],
)
def test_an_account_is_named_by_its_network_and_name(text: str, network: str, name: str) -> None:
    assert named(text) == (network, name)
