"""Whatever is typed into an address or a form: an answer, never an accident."""

import re
from functools import cache
from html import unescape
from typing import Any
from urllib.parse import urljoin

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.house.code import files
from tests.house.test_access import ROWS
from tests.world import CAST, client_of

ODD = ["a\x00b", "-1", "9" * 23, "NaN", "2026-02-31", "\u202e\u200b", "http://[::1", "x" * 20_000]
NAMES = re.compile(r'<(?:input|select|textarea)[^>]* name="([^"]+)"')
HEADS = re.compile(r'<a class="sorthead" href="([^"]+)"')
ASKED = re.compile(r'\b(?:GET|query)(?:\.get\(|\[)"(\w+)"')


@cache
def _asked() -> list[str]:
    """Whatever any of our views looks for in an address."""
    return sorted({word for path in files(".py") for word in ASKED.findall(path.read_text())})


def _answer(client: Client, method: str, address: str, data: dict[str, Any]) -> int:
    """The status; what was written is taken back."""
    point = transaction.savepoint()
    try:
        return getattr(client, method)(address, data).status_code
    finally:
        transaction.savepoint_rollback(point)


def _in_turn(place: int) -> str:
    """One of the odd words, the others at the next fields and addresses: forms share their fields' rules."""
    return ODD[place % len(ODD)]


def _heads(page: str) -> list[str]:
    """Every column of a list that can be sorted by, and each the other way round."""
    found = [unescape(head) for head in HEADS.findall(page)]
    return [way for head in found for way in (head, re.sub(r"(?<=sort=)(-?)", lambda m: "" if m[1] else "-", head))]


@pytest.mark.parametrize("name", sorted(ROWS))
def test_odd_words_are_answered(name: str, world: Any) -> None:
    row, number = ROWS[name], sorted(ROWS).index(name)
    member = next((each for each in CAST if getattr(world, each) and row.status(each) < 400), None)
    if member is None:
        return
    client, address, wrong = client_of(member, world), reverse(name, kwargs=row.args(world)), []
    page = b"".join(client.get(address)).decode(errors="replace")
    names = {*NAMES.findall(page)} - {"csrfmiddlewaretoken"}
    given = row.data(world) or {}
    # What is the usual order leads on to the address without it.
    wrong += [head for head in _heads(page) if _answer(client, "get", urljoin(address, head), {}) not in (200, 302)]
    for odd in (_in_turn(number), _in_turn(number + 3)):
        if _answer(client, "get", address, dict.fromkeys([*_asked(), *names], odd)) >= 500:
            wrong.append(f"GET {odd[:20]!r}")
    for at, field in enumerate(sorted(names | given.keys()) if row.method == "post" else [], number):
        if _answer(client, "post", address, given | {field: _in_turn(at)}) >= 500:
            wrong.append(f"{field}={_in_turn(at)[:20]!r}")
    assert wrong == []


@pytest.mark.urls("tests.house.test_answers")
def test_an_accident_is_seen(world: Any) -> None:
    assert _answer(client_of("manager", world), "get", "/breaks/", {"q": ODD[0]}) == 500


def test_the_watch_knows_what_is_asked() -> None:
    assert {"q", "page", "show", "months"} <= set(_asked())


def test_both_ways_of_every_column_are_asked_for() -> None:
    page = '<a class="sorthead" href="/x/?sort=due&amp;q=a"><a class="sorthead" href="?sort=-title">'
    assert _heads(page) == ["/x/?sort=due&q=a", "/x/?sort=-due&q=a", "?sort=-title", "?sort=title"]
