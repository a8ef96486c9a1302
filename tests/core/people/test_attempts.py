"""Attempts are counted in the database, whatever the cache does."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache, caches
from django.db import connection
from django.test import Client

from core.kit import caching, limits
from core.people import jobs
from core.people.models import Attempt
from tests.world import make_user

LOGIN = "/accounts/login/"
pytestmark = pytest.mark.django_db


@pytest.fixture(params=["there", "away"])
def valkey(request: Any, is_back: threading.Event) -> str:
    if request.param == "away":
        caching.breaker.open("hung")
    return request.param


def _try(login: str, address: str, password: str = "wrong") -> str:  # noqa: S107
    client = Client(REMOTE_ADDR=address)
    answer = client.post(LOGIN, {"login": login, "password": password})
    if answer.status_code == 302:
        return "in"
    return "too many" if "Too many failed" in answer.content.decode() else "wrong"


@pytest.mark.usefixtures("valkey")
def test_five_wrong_passwords_stop_the_guessing_at_one_account() -> None:
    """From one place; other accounts and the same account at another place go on."""
    for name in ("anna", "bea"):
        user = make_user(name)
        user.set_password("correct horse battery")
        user.save()
    answers = [_try("anna@example.com", "10.0.0.1") for _ in range(7)]
    assert answers == ["wrong"] * 5 + ["too many"] * 2
    assert _try("anna@example.com", "10.0.0.1", "correct horse battery") == "too many"
    assert _try("anna@example.com", "10.0.0.99", "correct horse battery") == "in"
    assert _try("bea@example.com", "10.0.0.1", "correct horse battery") == "in"


@pytest.mark.usefixtures("valkey")
def test_twenty_wrong_passwords_stop_one_address() -> None:
    user = make_user("anna")
    user.set_password("correct horse battery")
    user.save()
    answers = [_try(f"nobody{number}@example.com", "10.0.0.1") for number in range(22)]
    assert answers == ["wrong"] * 20 + ["too many"] * 2
    assert _try("anna@example.com", "10.0.0.2", "correct horse battery") == "in"


@pytest.mark.usefixtures("valkey")
def test_a_limit_of_ours_holds() -> None:
    assert [limits.is_within("x", 3, 60) for _ in range(5)] == [True] * 3 + [False] * 2
    assert limits.is_within("y", 3, 60)


def test_a_count_begins_again_when_its_time_is_over(time_machine: Any) -> None:
    time_machine.move_to(datetime(2026, 11, 26, 9, tzinfo=UTC), tick=False)
    assert [limits.is_within("x", 1, 60) for _ in range(2)] == [True, False]
    time_machine.shift(timedelta(seconds=61))
    assert limits.is_within("x", 1, 60)


@pytest.mark.django_db(transaction=True)
def test_a_hundred_tries_at_once_count_as_a_hundred() -> None:
    def count(_: int) -> bool:
        try:
            return limits.is_within("at once", 10, 60)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(count, range(100))) == 10


def test_it_is_a_cache_as_django_means_it() -> None:
    attempts = caches["attempts"]
    assert attempts.get("a", 5) == 5
    attempts.set("a", {"b": [1, 2.25, "ü"]}, 60)
    assert attempts.get("a") == {"b": [1, 2.25, "ü"]}
    assert "a" in attempts
    assert attempts.delete("a")
    assert not attempts.delete("a")
    with pytest.raises(ValueError, match="no such key"):
        attempts.incr("a")
    attempts.set("for good", 1, None)
    assert attempts.incr("for good", 4) == 5


def test_no_address_can_be_read_and_nothing_stays(time_machine: Any) -> None:
    _try("anna@example.com", "10.0.0.1")
    assert Attempt.objects.exists()
    assert not [row for row in Attempt.objects.all() if "anna" in f"{row.key}{row.counted}" or "10.0" in row.key]
    time_machine.move_to(datetime.now(UTC) + timedelta(hours=1))
    jobs.retention()
    assert not Attempt.objects.exists()


def test_the_cache_knows_nothing_of_signing_in() -> None:
    _try("anna@example.com", "10.0.0.1")
    assert not list(cache._cache.get_client().scan_iter("*allauth*"))  # type: ignore[attr-defined]
