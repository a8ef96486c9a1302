"""Every address, asked for its headers and watched for what it changes."""

from contextlib import suppress
from itertools import cycle
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, include, path, reverse

from core.journal.models import Entry, EntryKind
from tests.house.addresses import ALLAUTH, addresses
from tests.house.nesting import wrong_in
from tests.house.test_access import ROWS
from tests.house.written import rows_written, written
from tests.world import client_of

ASKING = ("visitor", "manager", "influencer", "council")
OWN_POLICY = {"embedded:inbox_html"}  # a mail carries its styles; it stands in a sandbox, and only in a demo
FOREIGN_PICTURES = {"community:issue_preview", "community:issue_read"}  # a newsletter may show pictures of other sites
SIGN_INS = ("https://accounts.google.com", "https://www.linkedin.com")
#: Where a form of the page may lead to: these servers by name, and no other.
SERVERS = {
    "community:hours_calendar": ("https://login.microsoftonline.com",),
    "analytics:connections": SIGN_INS,
    "analytics:connection_detail": SIGN_INS,
}
# What may be kept for a while: a style sheet with one colour, a picture of a mail that went to many.
MAY_BE_KEPT = {
    "home:accent": {"private", "max-age=2592000"},
    "attachments:public_picture": {"public", "max-age=86400"},
    "analytics:mail_picture": {"public", "max-age=86400"},
}
UNASKED = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "BREW")


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


def test_every_answer_carries_the_policy_is_kept_nowhere_and_changes_nothing(world: Any, brief: None) -> None:
    """One walk for four rules: nothing takes longer here than asking every address. Refusals are looked at below."""
    wrong: dict[str, Any] = {}
    clients = _clients(world)
    changes = Entry.objects.filter(kind=EntryKind.CHANGE)
    for name, row in sorted(ROWS.items()):
        for member, client in clients.items():
            address = reverse(name, kwargs=row.args(world))  # a row may furnish the world first
            before, noted = written(), changes.count()
            answer = client.get(address)
            after = written() | ({"a change in the journal": 1} if changes.count() != noted else {})
            found = _weaker(name, answer), _kept_by_others(name, answer), rows_written(before, after)
            found = (*found, _misplaced(answer))
            if any(found):
                wrong[f"{name} ({member}, {answer.status_code})"] = found
    assert wrong == {}


def _misplaced(answer: Any) -> set[str]:
    """What stands on the page where HTML does not let it stand."""
    is_page = answer.status_code == 200 and answer.headers.get("Content-Type", "").startswith("text/html")
    return wrong_in(answer.content.decode()) if is_page and not answer.streaming else set()


def _weaker(name: str, answer: Any) -> list[str]:
    """What its policy lacks."""
    for server in SERVERS.get(name, ()):
        policy = answer.headers.get("Content-Security-Policy", "")
        answer.headers["Content-Security-Policy"] = policy.replace(f" {server}", "")
    missing = _is_guarded(answer)
    if name in FOREIGN_PICTURES and "https:" not in _without_pictures(answer):
        missing = [part for part in missing if part != "https:"]
    return [] if name in OWN_POLICY and answer.status_code == 200 else missing


def _kept_by_others(name: str, answer: Any) -> set[str]:
    """What lets a browser or a proxy keep it, where that is not meant."""
    said, may = _kept(answer), answer.status_code == 200 and MAY_BE_KEPT.get(name)
    return set() if {"private", "no-store"} <= said or said == may else said or {"nothing said"}


def _kept(answer: Any) -> set[str]:
    return {part.strip() for part in answer.headers.get("Cache-Control", "").split(",")}


def test_what_may_be_kept_is_seen() -> None:
    for said in ("", "public, max-age=60", "private"):
        assert _kept_by_others("home:program", HttpResponse(headers={"Cache-Control": said} if said else {}))
    assert not _kept_by_others("home:program", HttpResponse(headers={"Cache-Control": "private, no-store"}))
    assert not _kept_by_others("home:accent", HttpResponse(headers={"Cache-Control": "private, max-age=2592000"}))


@pytest.mark.parametrize("address", [each.name for each in addresses() if each.name.startswith(ALLAUTH)])
def test_no_page_of_allauth_is_kept(address: str, world: Any) -> None:
    for client in _clients(world).values():
        with suppress(NoReverseMatch):
            assert {"private", "no-store"} <= _kept(client.get(reverse(address)))


@pytest.mark.parametrize("address", ["/nowhere/", "/p/nowhere/", "/admin/login/", "/static/nowhere.css"])
def test_no_other_answer_is_kept(address: str, db: None) -> None:
    assert {"private", "no-store"} <= _kept(Client().get(address))


def test_a_static_file_may_be_kept(db: None) -> None:
    assert "private" not in _kept(Client().get("/static/css/site.css"))


def test_no_address_takes_another_method(world: Any) -> None:
    """A clear answer, never an accident, and before anything else is asked: each address by one of them in turn."""
    wrong = {}
    clients = _clients(world)
    for member, (name, row) in zip(cycle(clients), sorted(ROWS.items()), strict=False):
        address = reverse(name, kwargs=row.args(world))
        statuses = {method: clients[member].generic(method, address).status_code for method in UNASKED}
        if set(statuses.values()) != {405}:
            wrong[f"{name} ({member})"] = statuses
    assert wrong == {}


@pytest.mark.parametrize("address", ["/accounts/login/", "/accounts/2fa/", "/nowhere/", "/"])
@pytest.mark.parametrize("method", UNASKED)
def test_nor_do_the_pages_of_others(method: str, address: str, db: None) -> None:
    answer = Client().generic(method, address)
    assert (answer.status_code, answer.headers.get("Allow")) == (405, "GET, HEAD, POST")
    assert "no page at this address" in answer.content.decode()
    assert _is_guarded(answer) == []


def test_the_address_of_a_button_has_a_page_for_people(world: Any, sign_in: Any) -> None:
    """Signing in may lead there."""
    answer = sign_in(world.manager).get(reverse("programs:item_tick", args=[world.program.slug, world.item.pk]))
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "This address belongs to a button" in answer.content.decode()


def test_what_stands_in_the_wrong_place_is_seen() -> None:
    for wrong in ("<span><p>a</p></span>", "<div><li>a</li></div>", "<b>a</i></b>", "<div>", "<i class=a class=b></i>"):
        assert wrong_in(wrong), wrong
    for wrong in ("a", "form", "button"):
        assert wrong_in(f"<{wrong}><b><{wrong}>a</{wrong}></b></{wrong}>"), wrong
    assert wrong_in("<p id=a></p><p id=a></p>") == {"id 'a' twice"}
    assert wrong_in("<p>{&#x27;de&#x27;: &#x27;a&#x27;}</p>") == {"a text in all its languages at once"}
    right = "<ul><li>a<li><p>b</ul><details><summary><h2>a</h2></summary></details><a href=''><div>a</div></a><br>"
    assert wrong_in(f"{right}<label>a <input></label><svg><a><path d=''/></a></svg>") == set()


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


def test_the_watch_sees_a_change(world: Any) -> None:
    before = written()
    world.manager.name = "Another"
    world.manager.save()
    assert rows_written(before, written()) == {"core_user": 1}
