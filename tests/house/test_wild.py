"""Wild dates, hidden characters, ways back, encodings and numbers, at every address: a clear answer, nothing kept."""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path, reverse
from psycopg import sql

from tests.house.test_access import ROWS
from tests.world import CAST, client_of

AWAY = ["true", "//elsewhere.example/", "/\\elsewhere.example", "http://[::1"]  # all of them: core/kit/test_returning
DAYS = ["0001-01-01", "9999-12-31"]
LINES = ["a\u202eb", "a\nb"]  # all of them: core/kit/test_forms
TEXTS = ["a\u202eb", "a\x1bb"]
QUERIES = ["%ff=%fe&q=%ff%00&&==&?&a[]=1&a[]=2", "q=%ED%A0%80" + "%F0%9F%90%9F" * 500, "page=1&" * 1001]
BODIES = [
    ("application/json", b'{"a": '),
    ("application/x-www-form-urlencoded; charset=utf-7", b"text=+AAA-"),
    ("application/x-www-form-urlencoded; charset=nowhere", b"text=\xff\xfe"),
    ("application/x-www-form-urlencoded", b"\xff=\xfe&text=%ff%00"),
    ("multipart/form-data", b"no boundary"),
    ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\nhalf'),
    ("", b"\x00"),
]
PARTS = {
    int: ["0", "9" * 30],
    str: ["%00%F0%9F%90%9F", "x" * 3000, "00000000-0000-0000-0000-000000000000"],
}
DAY = re.compile(r'<input(?=[^>]*type="date")[^>]* name="([^"]+)"')
OTHERS = "hidden|checkbox|radio|file|date|time|number|submit|color"
LINE = re.compile(rf'<input(?![^>]*type="(?:{OTHERS})")[^>]* name="([^"]+)"')
TEXT = re.compile(r'<textarea[^>]* name="([^"]+)"')


def breaks(request: HttpRequest) -> HttpResponse:
    """A view that trusts whatever it is told."""
    return HttpResponse("a" * int(request.GET["n"]), headers={"Location": request.POST["next"]})


urlpatterns = [path("breaks/", breaks), path("", include("influencer.urls"))]


def _first(name: str, world: Any) -> Client:
    """Somebody who may, at this address; where nobody may, the manager."""
    may = (each for each in CAST if getattr(world, each) and ROWS[name].status(each) < 400)
    return client_of(next(may, "manager"), world)


def _post(client: Client, address: str, data: Any = None, **more: Any) -> Any:
    """The answer; what was written is taken back."""
    point = transaction.savepoint()
    try:
        return client.post(address, data, **more)
    finally:
        transaction.savepoint_rollback(point)


@pytest.mark.parametrize("name", sorted(name for name, row in ROWS.items() if row.method == "post"))
def test_next_never_leads_away(name: str, world: Any) -> None:
    client, row = _first(name, world), ROWS[name]
    address, data = reverse(name, kwargs=row.args(world)), row.data(world) or {}
    usual = _post(client, address, data)
    for away in AWAY:
        answer = _post(client, address, data | {"next": away}, query_params={"next": away})
        assert answer.status_code == usual.status_code, away
        assert urlsplit(answer.headers.get("Location", "/")).netloc == "", away
        assert answer.headers.get("Location", "/").startswith("/"), away


@pytest.mark.parametrize("name", sorted(ROWS))
def test_wild_days_and_hidden_characters_are_refused(name: str, world: Any) -> None:
    """Whatever a page asks for, by address and by form."""
    client, row = _first(name, world), ROWS[name]
    address = reverse(name, kwargs=row.args(world))
    page = b"".join(client.get(address)).decode(errors="replace")
    kinds = ((DAY, DAYS), (LINE, LINES), (TEXT, TEXTS))
    tries = [(field, odd) for kind, odds in kinds for field in sorted({*kind.findall(page)}) for odd in odds]
    given = _filled(page) | (row.data(world) if row.method == "post" else {})
    wrong = []
    for field, odd in tries:
        if client.get(address, {field: odd}).status_code == 500:
            wrong.append(f"GET {field}={odd!r}")
        point = transaction.savepoint()
        status = client.post(address, given | {field: odd}).status_code
        if status == 500 or (kept := _kept(odd)):
            wrong.append(f"{field}={odd!r}: {status} {kept if status != 500 else ''}")
        transaction.savepoint_rollback(point)
    assert wrong == []


def accidents(client: Client, address: str, bodies: list[tuple[str, bytes]] = BODIES) -> list[str]:
    """Ways of asking this address that end in one."""
    wrong = [query[:20] for query in QUERIES if client.get(f"{address}?{query}").status_code == 500]
    for kind, body in bodies:
        point = transaction.savepoint()
        if client.generic("POST", address, body, kind).status_code == 500:
            wrong.append(f"{kind} {body[:20]!r}")
        transaction.savepoint_rollback(point)
    return wrong


@pytest.mark.parametrize("name", sorted(ROWS))
def test_strange_encodings_are_answered(name: str, world: Any) -> None:
    """Two bodies each, in turn: Django reads them alike at every address, so all of them meet all kinds of views."""
    at = sorted(ROWS).index(name)
    bodies = [BODIES[(at + step) % len(BODIES)] for step in (0, 3)]
    assert accidents(_first(name, world), reverse(name, kwargs=ROWS[name].args(world)), bodies) == []


def _strange_addresses(name: str, world: Any) -> list[str]:
    """The address with every part in turn as nobody would type it."""
    kwargs, found = ROWS[name].args(world), []
    usual = reverse(name, kwargs=kwargs)
    for value in kwargs.values():
        kind = int if isinstance(value, int) else str
        found += [usual.replace(f"/{value}", f"/{odd}", 1) for odd in PARTS[kind]]
    return found


@pytest.mark.parametrize("name", sorted(ROWS))
def test_strange_addresses_are_answered(name: str, world: Any) -> None:
    client = _first(name, world)
    asked = _strange_addresses(name, world)
    wrong = [each for each in asked if max(client.get(each).status_code, _post(client, each).status_code) == 500]
    assert wrong == []


@pytest.mark.urls("tests.house.test_wild")
def test_accidents_are_seen(world: Any) -> None:
    client = client_of("manager", world)
    too_many = 1  # Django itself refuses this query
    assert len(accidents(client, "/breaks/")) == len(QUERIES) - too_many + len(BODIES)
    assert _post(client, "/breaks/?n=1", {"next": AWAY[1]})["Location"] == AWAY[1]


def test_what_is_kept_is_seen(world: Any) -> None:
    for model, field, odd in ((world.manager, "name", LINES[0]), (world.program, "start_on", DAYS[0])):
        assert _kept(odd) == []
        type(model).objects.filter(pk=model.pk).update(**{field: odd})
        assert _kept(odd) == [f"{model._meta.db_table}.{field}"]


def _filled(page: str) -> dict[str, str]:
    """What a browser would send of the page as it stands."""
    inputs = re.findall(r"<input[^>]*>", page)
    pairs = [(re.search(r' name="([^"]+)"', tag), re.search(r' value="([^"]*)"', tag)) for tag in inputs]
    return {name[1]: value[1] for name, value in pairs if name and value and name[1] != "csrfmiddlewaretoken"}


COLUMNS = """
    SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = 'public' AND data_type = ANY(%s)"""


EXISTS = "SELECT {{}} WHERE EXISTS (SELECT 1 FROM {{}} WHERE {})"


def _kept(odd: str) -> list[str]:
    """Columns in which it was stored."""
    is_day = odd in DAYS
    kinds, test = (["date"], "{} = {odd}") if is_day else (["text", "character varying"], "position({odd} IN {}) > 0")
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS, [kinds])
        parts = [
            sql.SQL(EXISTS.format(test)).format(
                f"{table}.{column}", sql.Identifier(table), sql.Identifier(column), odd=odd
            )
            for table, column in cursor.fetchall()
        ]
        cursor.execute(sql.SQL(" UNION ALL ").join(parts))
        return [place for (place,) in cursor.fetchall()]
