"""Addresses in running text are links; what ends the sentence around them is none of theirs."""

import pytest

from core.kit.addresses_in_text import AddressFinder
from core.kit.markdown import _parser, lone_links, render


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see https://a.example/b.", ["https://a.example/b"]),
        ("(https://a.example/b)", ["https://a.example/b"]),
        ("https://a.example/b_(c)", ["https://a.example/b_(c)"]),
        ("„https://a.example“, said", ["https://a.example"]),
        ("https://a.example/?q=1&r=2#s!?…", ["https://a.example/?q=1&r=2#s"]),
        ("https://a.example/1 and https://a.example/2", ["https://a.example/1", "https://a.example/2"]),
        ("xhttps://a.example", []),
        ("http://a.example www.a.example a@b.example", []),
        ("https://", []),
        ("https://)))...", []),
        ("https://a.example/" + "x" * 2000, []),
    ],
)
def test_addresses_are_found(text: str, found: list[str]) -> None:
    assert [address.url for address in AddressFinder().match(text) or []] == found
    for address in AddressFinder().match(text) or []:
        assert text[address.index : address.last_index] == address.url


def test_they_become_links() -> None:
    assert '<a href="https://a.example/b"' in render("see https://a.example/b.")
    assert render("`https://a.example`").count("<a ") == 0
    assert render("[one](https://a.example/1)").count("<a ") == 1
    assert lone_links("https://a.example/1\n\nsee https://a.example/2") == ["https://a.example/1"]


def test_the_rule_that_looks_back_at_all_that_went_before_is_off() -> None:
    """It takes a minute for 20,000 characters of addresses without a space between them."""
    active = _parser(True).get_active_rules()
    assert "linkify" in active["core"]
    assert "linkify" not in active["inline"]
