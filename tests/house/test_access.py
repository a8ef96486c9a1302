"""Every address, asked by every cast member. An address without a row fails."""

import importlib
import pkgutil
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.house import access_table
from tests.house.access_table import Row
from tests.world import CAST

FOREIGN = ("admin:", "djdt:")  # Django's back office has its own tests upstream; who may enter is tested below
ALLAUTH = ("account_", "mfa_", "usersessions_")  # allauth tests its own pages; ours is the look


def _rows() -> dict[str, Row]:
    rows: dict[str, Row] = {}
    for module in pkgutil.iter_modules(access_table.__path__):
        rows |= importlib.import_module(f"tests.house.access_table.{module.name}").ROWS
    return rows


def _addresses(resolver: URLResolver, namespace: str = "") -> list[str]:
    found = []
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            found += _addresses(pattern, inner)
        elif isinstance(pattern, URLPattern):
            found.append(f"{namespace}{pattern.name}")
    return found


def _ours() -> list[str]:
    return [name for name in _addresses(get_resolver()) if not name.startswith(FOREIGN + ALLAUTH)]


ROWS = _rows()


def test_every_address_has_a_row() -> None:
    assert sorted(set(_ours()) - ROWS.keys()) == []


def test_every_row_has_an_address() -> None:
    assert sorted(ROWS.keys() - set(_ours())) == []


@pytest.mark.parametrize("name", sorted(ROWS))
def test_address(name: str, world: Any) -> None:
    row = ROWS[name]
    got, expected = {}, {}
    for member in CAST:
        client = Client(raise_request_exception=False)
        if person := getattr(world, member):
            client.force_login(person)
        answer = getattr(client, row.method)(reverse(name, kwargs=row.args(world)), row.data(world))
        got[member], expected[member] = answer.status_code, row.status(member)
    assert got == expected


@pytest.mark.parametrize("member", CAST)
def test_only_administrators_enter_the_back_office(member: str, world: Any) -> None:
    client = Client()
    if person := getattr(world, member):
        client.force_login(person)
    assert client.get("/admin/").status_code == (200 if member == "admin" else 302)
