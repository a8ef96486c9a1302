"""Every address, asked by every cast member. An address without a row fails."""

from collections.abc import Iterable
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.template.base import Template
from django.urls import URLResolver, include, path, reverse
from django.urls.resolvers import RegexPattern
from django.utils.safestring import SafeString

from core.journal.models import Entry
from core.kit import rooms
from tests.house import access_table
from tests.house.access_table import Row, in_program
from tests.house.addresses import Address, addresses
from tests.world import CAST, bring_pioneer, client_of

ROWS: dict[str, Row] = access_table.told("ROWS")


def without_row(found: Iterable[Address]) -> list[str]:
    return sorted({each.name for each in found if each.is_ours} - ROWS.keys())


def without_address(found: Iterable[Address], rows: Iterable[str]) -> list[str]:
    return sorted(set(rows) - {each.name for each in found})


def test_every_address_has_a_row() -> None:
    assert without_row(addresses()) == []


def test_every_row_has_an_address() -> None:
    assert without_address(addresses(), ROWS) == []


def test_a_new_address_and_a_left_over_row_are_seen() -> None:
    inner = [path("items/", page, name="thing_new"), path("", page, name="account_new"), path("nameless/", page)]
    resolver = URLResolver(RegexPattern(r"^/"), [path("", include((inner, "programs")))])
    found = list(addresses(resolver))
    assert without_row(found) == ["programs:None", "programs:account_new", "programs:thing_new"]
    assert without_address(found, ["programs:thing_new", "programs:gone"]) == ["programs:gone"]


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


@pytest.fixture
def cast(world: Any) -> Any:
    bring_pioneer(world)
    return world


@pytest.mark.parametrize("name", sorted(ROWS))
def test_address(name: str, cast: Any, brief: None) -> None:
    row = ROWS[name]
    assert answers(name, row, cast) == {member: row.status(member) for member in CAST}
    assert without_title() == set()


def without_title() -> set[str]:
    """Lines of programs' logs about something that the log has no title for: its room tells of no such `Subject`."""
    known = {subject.model._meta.model_name for room in rooms.every() for subject in room.subjects} | {"", "program"}
    lines = Entry.objects.exclude(program_id=None).exclude(subject_type__in=known).exclude(data__has_key="name")
    return {f"{verb}: {kind}" for verb, kind in lines.values_list("verb", "subject_type")}


def answers(name: str, row: Row, world: Any) -> dict[str, int]:
    """Who may is decided before a page is laid out: that is done for the first one who may. How it looks to each role
    is what `tests/browser/test_pages.py` is for."""
    found: dict[str, int] = {}
    for member in CAST:
        is_known = row.method == "get" and 200 in found.values()
        with pytest.MonkeyPatch.context() as patch:
            if is_known:
                patch.setattr(Template, "render", lambda *_: SafeString())
            client = client_of(member, world)
            answer = getattr(client, row.method)(reverse(name, kwargs=row.args(world)), row.data(world))
        found[member] = answer.status_code
    return found


def test_an_open_door_is_seen(cast: Any, brief: None) -> None:
    """The table is compared with what a request answers, not with itself."""
    row = Row(in_program(), expect={"manager": 200})
    asked = answers("home:program", row, cast)
    assert asked != {member: row.status(member) for member in CAST}
    assert asked["stranger"] == 404
