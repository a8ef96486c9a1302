"""A database that is away: a clear page, at once, in the reader's language, without asking for it again."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from core.kit import database
from core.kit.breaker import Breaker
from tests.worker import wait_until

ENGLISH, GERMAN = "Temporarily unavailable", "Vorübergehend nicht erreichbar"


def fails(request: HttpRequest, sqlstate: str) -> HttpResponse:
    kind = psycopg.errors.lookup(sqlstate) if sqlstate != "none" else psycopg.OperationalError
    raise OperationalError("on purpose") from kind()


handler500 = "influencer.health.outages.failed"
urlpatterns = [path("fails/<str:sqlstate>/", fails), path("", include("influencer.urls"))]


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The database is known to be away. Whoever asks for it all the same fails: this test has none."""
    back = []

    def ask() -> None:
        if not back:
            raise OSError

    breaker = Breaker("test", ask)
    monkeypatch.setattr(database, "breaker", breaker)
    breaker.open("hung")
    yield
    back.append(1)
    assert wait_until(lambda: not breaker.is_open)


@pytest.mark.usefixtures("away")
@pytest.mark.parametrize("address", ["/", "/p/nordlichter/", "/accounts/login/", "/nowhere/", "/welcome/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_page_says_so(address: str, method: str) -> None:
    answer = getattr(Client(), method)(address, headers={"accept-language": "de"})
    assert answer.status_code == 503
    assert GERMAN in answer.content.decode()
    assert '<html lang="de">' in answer.content.decode()
    assert answer["Retry-After"] == "10"
    assert answer["Cache-Control"] == "private, no-store"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    english = Client(headers={"accept-language": "de", "cookie": "django_language=en"}).get(address)
    assert ENGLISH in english.content.decode()


@pytest.mark.usefixtures("away")
def test_live_stays_green_also_for_somebody_who_is_signed_in() -> None:
    client = Client(headers={"cookie": "sessionid=abcdefgh"})
    assert client.get("/health/live").status_code == 200
    assert client.get("/static/css/base.css").status_code == 200


@pytest.mark.urls("tests.influencer.health.test_outages")
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sqlstate", "status", "opens", "told"),
    [
        ("none", 503, True, "cannot reach its database"),
        ("57P01", 503, True, "cannot reach its database"),
        ("57014", 503, False, "did not finish in time"),
        ("40P01", 409, False, "Two changes at the same moment"),
        ("23505", 500, False, "Something went wrong on our side"),
    ],
)
def test_who_meets_it_first_is_told_too(
    sqlstate: str, status: int, opens: bool, told: str, sign_in: Any, world: Any
) -> None:
    client = sign_in(world.manager)
    client.raise_request_exception = False
    answer = client.get(f"/fails/{sqlstate}/")
    assert (answer.status_code, database.breaker.is_open) == (status, opens)
    assert told in answer.content.decode()
    assert wait_until(lambda: not database.breaker.is_open), "it comes back by itself"
    assert client.get("/accounts/login/").status_code in (200, 302)
