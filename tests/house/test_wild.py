"""Wild dates, hidden characters, ways back, encodings and numbers, at every address: a clear answer, nothing kept."""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path, reverse
from psycopg import sql

from tests.house.test_access import ROWS
from tests.house.written import rows_written, written
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
KINDS = ((DAY, DAYS), (LINE, LINES), (TEXT, TEXTS))


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
    usual, turn = _post(client, address, data), sorted(ROWS).index(name)
    for away in (AWAY[turn % len(AWAY)], AWAY[(turn + 1) % len(AWAY)]):
        answer = _post(client, address, data | {"next": away}, query_params={"next": away})
        assert answer.status_code == usual.status_code, away
        assert urlsplit(answer.headers.get("Location", "/")).netloc == "", away
        assert answer.headers.get("Location", "/").startswith("/"), away


@pytest.mark.parametrize("name", sorted(ROWS))
def test_whatever_is_sent_is_answered_and_nothing_of_it_kept(name: str, world: Any) -> None:
    """One test for each address, since furnishing its world takes as long as asking it. Kinds that all views treat
    alike are sent in turn: Django reads them, and all addresses together meet all of them."""
    turn = sorted(ROWS).index(name)
    assert _odd_fields(name, world, turn) == []
    assert accidents(_first(name, world), _address(name, world), turn) == []
    assert _odd_parts(name, world, turn) == []


def _address(name: str, world: Any) -> str:
    return reverse(name, kwargs=ROWS[name].args(world))


def _odd_fields(name: str, world: Any, turn: int) -> list[str]:
    """Wild days and hidden characters in whatever a page asks for: all at once in its address, and each by form."""
    client, row, address = _first(name, world), ROWS[name], _address(name, world)
    page = b"".join(client.get(address)).decode(errors="replace")
    fields = [(field, odds) for kind, odds in KINDS for field in sorted({*kind.findall(page)})]
    given = _filled(page) | (row.data(world) if row.method == "post" else {})
    wrong = []
    query = {field: odds[turn % len(odds)] for field, odds in fields}
    if query and client.get(address, query).status_code == 500:
        wrong.append(f"GET {query}")
    for at, (field, odds) in enumerate(fields, turn):
        odd = odds[at % len(odds)]
        point, before = transaction.savepoint(), written(set())
        status = client.post(address, given | {field: odd}).status_code
        if status == 500 or (kept := _kept(odd, rows_written(before, written(set())))):
            wrong.append(f"{field}={odd!r}: {status} {kept if status != 500 else ''}")
        transaction.savepoint_rollback(point)
    return wrong


def accidents(client: Client, address: str, turn: int | None = None) -> list[str]:
    """Ways of asking this address that end in one; all of them, or those whose turn it is."""
    queries, bodies = (QUERIES, BODIES) if turn is None else _in_turn(turn)
    wrong = [query[:20] for query in queries if client.get(f"{address}?{query}").status_code == 500]
    for kind, body in bodies:
        point = transaction.savepoint()
        if client.generic("POST", address, body, kind).status_code == 500:
            wrong.append(f"{kind} {body[:20]!r}")
        transaction.savepoint_rollback(point)
    return wrong


def _in_turn(turn: int) -> tuple[list[str], list[tuple[str, bytes]]]:
    return [QUERIES[turn % len(QUERIES)]], [BODIES[turn % len(BODIES)]]


def _odd_parts(name: str, world: Any, turn: int) -> list[str]:
    """The address with every part in turn as nobody would type it."""
    client, kwargs = _first(name, world), ROWS[name].args(world)
    usual, wrong = reverse(name, kwargs=kwargs), []
    for at, value in enumerate(kwargs.values(), turn):
        odds = PARTS[int if isinstance(value, int) else str]
        each = usual.replace(f"/{value}", f"/{odds[at % len(odds)]}", 1)
        if max(client.get(each).status_code, _post(client, each).status_code) == 500:
            wrong.append(each)
    return wrong


@pytest.mark.urls("tests.house.test_wild")
def test_accidents_are_seen(world: Any) -> None:
    client = client_of("manager", world)
    refused = 1 + 2  # by Django itself: too many values; a form in an unknown writing, one without its boundary
    assert len(accidents(client, "/breaks/")) == len(QUERIES) + len(BODIES) - refused
    assert _post(client, "/breaks/?n=1", {"next": AWAY[1]})["Location"] == AWAY[1]


def test_what_is_kept_is_seen(world: Any) -> None:
    for model, field, odd in ((world.manager, "name", LINES[0]), (world.program, "start_on", DAYS[0])):
        before = written(set())
        assert _kept(odd, [model._meta.db_table]) == []
        type(model).objects.filter(pk=model.pk).update(**{field: odd})
        found = rows_written(before, written(set()))
        assert (list(found), _kept(odd, found)) == ([model._meta.db_table], [f"{model._meta.db_table}.{field}"])


def _filled(page: str) -> dict[str, str]:
    """What a browser would send of the page as it stands."""
    inputs = re.findall(r"<input[^>]*>", page)
    pairs = [(re.search(r' name="([^"]+)"', tag), re.search(r' value="([^"]*)"', tag)) for tag in inputs]
    return {name[1]: value[1] for name, value in pairs if name and value and name[1] != "csrfmiddlewaretoken"}


COLUMNS = """
    SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = 'public' AND data_type = ANY(%s) AND table_name = ANY(%s)"""


EXISTS = "SELECT {{}} WHERE EXISTS (SELECT 1 FROM {{}} WHERE {})"


def _kept(odd: str, tables: Iterable[str]) -> list[str]:
    """Columns of these tables in which it was stored."""
    if not (named := list(tables)):
        return []
    is_day = odd in DAYS
    kinds, test = (["date"], "{} = {odd}") if is_day else (["text", "character varying"], "position({odd} IN {}) > 0")
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS, [kinds, named])
        parts = [
            sql.SQL(EXISTS.format(test)).format(
                f"{table}.{column}", sql.Identifier(table), sql.Identifier(column), odd=odd
            )
            for table, column in cursor.fetchall()
        ]
        if not parts:
            return []
        cursor.execute(sql.SQL(" UNION ALL ").join(parts))
        return [place for (place,) in cursor.fetchall()]
