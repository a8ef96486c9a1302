"""What somebody typed is not lost because of where it was sent."""

from typing import Any, cast
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from programs.support.models import Helper
from tests.world import client_of

TYPED = {
    "name": "Press office <b>at night</b>",
    "phone": "+49 40 123",
    "csrfmiddlewaretoken": "x",
    "kind": "in_person",
    "seen": '{"name": "y"}',
}


@pytest.fixture
def address(world: Any) -> str:
    world.helper.put_away()
    return reverse("programs:helper_edit", args=[world.program.slug, world.helper.pk])


def test_who_edits_what_was_deleted_gets_the_words_back_and_can_restore_it(world: Any, address: str) -> None:
    client = client_of("manager", world)
    told = client.post(address, TYPED)
    page = told.content.decode()
    assert told.status_code == 404
    assert "Press office &lt;b&gt;at night&lt;/b&gt;" in page
    assert "+49 40 123" not in page
    assert "in_person" not in page, "chosen and not typed"
    assert page.count('<textarea class="form-control"') == 1
    restore = reverse("programs:helper_restore", args=[world.program.slug, world.helper.pk])
    assert restore in page
    assert client.post(restore).status_code == 302
    assert Helper.objects.get(pk=world.helper.pk).deleted_at is None


def test_the_page_says_nothing_of_what_there_is(world: Any, address: str) -> None:
    """Who may not see it, and what never was, get the same."""
    never = address.replace(f"/{world.helper.pk}/", "/987654321/")
    stranger, manager = client_of("admin", world), client_of("manager", world)
    pages = []
    for client, where in ((stranger, address), (stranger, never), (manager, never)):
        told = client.post(where, TYPED)
        assert told.status_code == 404
        pages.append(told.content.decode().count("Press office"))
    assert pages == [1, 1, 1]
    assert "What you wrote" not in manager.get(never).content.decode()


PAGE = {"HTTP_ORIGIN": "http://testserver", "HTTP_SEC_FETCH_MODE": "navigate"}
SENT = TYPED | {"password": "wiese bei nacht", "text": "The press called <twice>"}


def test_words_come_back_from_a_form_that_expired_but_never_those_of_another_site(world: Any) -> None:
    client: Any = Client(enforce_csrf_checks=True)
    where = reverse("account_login")
    own = client.post(where, SENT, **PAGE).content.decode()
    assert "The press called &lt;twice&gt;" in own
    assert "wiese bei nacht" not in own, "no password is shown again"
    foreign = client.post(where, SENT, **PAGE | {"HTTP_ORIGIN": "http://elsewhere.example"})
    assert foreign.status_code == 403
    assert "The press called" not in foreign.content.decode()


def test_an_origin_that_is_no_address_is_refused_and_not_an_accident() -> None:
    client: Any = Client(enforce_csrf_checks=True)
    answer = client.post("/accounts/login/", {"text": "some words"}, headers={"origin": "http://[bad"})
    assert answer.status_code == 403


def test_words_come_back_when_the_session_ended_or_the_role_is_missing(world: Any) -> None:
    where, visitor = reverse("programs:helper_new", args=[world.program.slug]), cast("Any", Client())
    told = visitor.post(where, SENT, **PAGE, HTTP_REFERER=f"http://testserver{where}")
    page = told.content.decode()
    assert told.status_code == 403
    assert "The press called &lt;twice&gt;" in page
    assert f"{reverse('account_login')}?next={quote(where, safe='')}" in page
    assert "wiese bei nacht" not in page
    assert visitor.post(where, SENT).status_code == 302, "what scripts send they keep themselves"
    told = client_of("executive", world).post(where, SENT)
    assert (told.status_code, "The press called" in told.content.decode()) == (403, True)


def test_a_text_that_is_too_long_says_so(world: Any, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
    address = reverse("programs:helper_new", args=[world.program.slug])
    told = client_of("manager", world).post(address, {"name": "x" * 1024 * 1025})
    assert told.status_code == 413
    assert "at most 1 MB" in told.content.decode()


@pytest.mark.parametrize("where", ["account_login", "privacy:left"])
def test_a_form_in_another_encoding_is_refused_and_not_an_accident(world: Any, where: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.get(reverse("account_login"))
    told = client.post(reverse(where), b"a=1", content_type="application/x-www-form-urlencoded; charset=utf-16")
    assert told.status_code == 400
