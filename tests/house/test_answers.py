"""Every address, asked for its headers and watched for what it changes."""

from typing import Any

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path, reverse

from core.journal.models import Entry, Kind
from tests.house.test_access import ROWS
from tests.world import client_of

ASKING = ("visitor", "manager", "influencer", "council")
OWN_POLICY = {"embedded:inbox_html"}  # a mail carries its styles; it stands in a sandbox, and only in a demo
FOREIGN_PICTURES = {"community:issue_preview", "community:issue_read"}  # a newsletter may show pictures of other sites
# Signing in and out of sight: Django's own bookkeeping, and who looked at a report.
BOOKKEEPING = {"django_session", "usersessions_usersession", "core_journal", "core_attempt"}


def breaks(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("on purpose")


urlpatterns = [path("breaks/", breaks), path("", include("influencer.urls"))]


def _is_guarded(answer: Any) -> list[str]:
    policy = answer.headers.get("Content-Security-Policy", "")
    missing = [part for part in ("default-src 'none'", "base-uri 'none'", "object-src 'none'") if part not in policy]
    missing += [part for part in ("unsafe-inline", "unsafe-eval", "*", "http:", "https:") if part in policy]
    missing += (
        ["frame-ancestors"] if "frame-ancestors 'none'" not in policy and "frame-ancestors 'self'" not in policy else []
    )
    expected = {
        "X-Content-Type-Options": ("nosniff",),
        "X-Frame-Options": ("DENY", "SAMEORIGIN"),
        "Referrer-Policy": ("same-origin",),
        "Cross-Origin-Opener-Policy": ("same-origin",),
    }
    missing += [name for name, values in expected.items() if answer.headers.get(name) not in values]
    return missing + ([] if "camera=()" in answer.headers.get("Permissions-Policy", "") else ["Permissions-Policy"])


def _without_pictures(answer: Any) -> str:
    parts = answer.headers.get("Content-Security-Policy", "").split(";")
    return ";".join(part for part in parts if not part.strip().startswith("img-src"))


def _clients(world: Any) -> dict[str, Client]:
    return {member: client_of(member, world) for member in ASKING}


def test_every_answer_carries_the_policy(world: Any) -> None:
    wrong = {}
    clients = _clients(world)
    for name, row in sorted(ROWS.items()):
        for member, client in clients.items():
            answer = client.get(reverse(name, kwargs=row.args(world)))
            missing = _is_guarded(answer)
            if name in FOREIGN_PICTURES and "https:" not in _without_pictures(answer):
                missing = [part for part in missing if part != "https:"]
            if missing and not (name in OWN_POLICY and answer.status_code == 200):
                wrong[f"{name} ({member}, {answer.status_code})"] = missing
    assert wrong == {}


def test_a_weaker_policy_is_seen() -> None:
    assert len(_is_guarded(HttpResponse())) == 9
    strict = "default-src 'none'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
    headers = {"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin"}
    headers |= {"Cross-Origin-Opener-Policy": "same-origin", "Permissions-Policy": "camera=()"}
    assert _is_guarded(HttpResponse(headers={**headers, "Content-Security-Policy": strict})) == []
    for weak in ("'unsafe-inline'", "'unsafe-eval'", "*", "http:", "https:"):
        assert _is_guarded(HttpResponse(headers={**headers, "Content-Security-Policy": f"{strict}; script-src {weak}"}))


@pytest.mark.parametrize("address", ["/nowhere/", "/static/css/site.css", "/static/nowhere.css", "/accounts/login/"])
def test_other_answers_carry_the_policy_too(address: str, db: None) -> None:
    assert _is_guarded(Client().get(address)) == []


@pytest.mark.urls("tests.house.test_answers")
def test_even_an_accident_carries_the_policy(world: Any) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(world.manager)
    answer = client.get("/breaks/")
    assert answer.status_code == 500
    assert _is_guarded(answer) == []


def test_a_forged_form_carries_the_policy(db: None) -> None:
    answer = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "a@b.example", "password": "x"})
    assert answer.status_code == 403
    assert _is_guarded(answer) == []


def test_a_wrong_host_carries_the_policy(db: None) -> None:
    answer = Client().get("/", headers={"host": "elsewhere.example"})
    assert answer.status_code == 400
    assert _is_guarded(answer) == []


def _written() -> dict[str, int]:
    """Rows written in this transaction, per table, as PostgreSQL counts them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
            " WHERE n_tup_ins + n_tup_upd + n_tup_del > 0"
        )
        return {name: count for name, count in cursor.fetchall() if name not in BOOKKEEPING}


def test_looking_changes_nothing(world: Any) -> None:
    wrong = {}
    clients = _clients(world)
    changes = Entry.objects.filter(kind=Kind.CHANGE).count()
    for name, row in sorted(ROWS.items()):
        for member, client in clients.items():
            address = reverse(name, kwargs=row.args(world))  # a row may furnish the world first
            before = _written()
            client.get(address)
            if (after := _written()) != before:
                wrong[f"{name} ({member})"] = {
                    t: n - before.get(t, 0) for t, n in after.items() if n != before.get(t, 0)
                }
    assert wrong == {}
    assert Entry.objects.filter(kind=Kind.CHANGE).count() == changes


def test_the_watch_sees_a_change(world: Any) -> None:
    before = _written()
    world.manager.name = "Another"
    world.manager.save()
    assert _written() != before
