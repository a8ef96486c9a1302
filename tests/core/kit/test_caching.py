"""A cache that hangs or errs counts as a miss, and is left alone for a while."""

import pickle
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache, caches
from redis import Redis

from core.kit import caching, page_cache, wake
from core.kit.caching import ForgivingCache
from core.kit.valkey import BRIEFLY
from influencer.broker import BRIEF_OPTIONS
from tests.worker import wait_until


class Silent:
    """Takes connections and says nothing, as a server does that was stopped; counts who came."""

    def __init__(self) -> None:
        self.came: list[socket.socket] = []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"redis://127.0.0.1:{self.socket.getsockname()[1]}/0"
        threading.Thread(target=self._take, daemon=True).start()

    def _take(self) -> None:
        while True:
            try:
                self.came.append(self.socket.accept()[0])
            except OSError:
                return


def test_one_client_serves_every_question() -> None:
    """Making one takes longer than asking."""
    lasting = caches["default"]._cache  # type: ignore[attr-defined]
    assert lasting.get_client("a") is lasting.get_client("b", write=False)


@pytest.fixture
def silent() -> Iterator[Silent]:
    server = Silent()
    yield server
    server.socket.close()


def test_a_cache_that_hangs_is_asked_once(silent: Silent, is_back: threading.Event) -> None:
    hung = ForgivingCache(silent.url, {})
    assert hung.get("a", "otherwise") == "otherwise"
    assert wait_until(lambda: len(silent.came) == 1)
    assert hung.get_many(["a", "b"]) == {}
    assert hung.set("a", 1) is None
    assert hung.set_many({"a": 1}) == ["a"]
    assert not hung.add("a", 1)
    assert not hung.touch("a")
    assert not hung.delete("a")
    assert not hung.has_key("a")
    assert hung.delete_many(["a"]) is None
    with pytest.raises(ValueError, match="not found"):
        hung.incr("a")
    assert hung.get_or_set("a", 7) == 7
    assert len(silent.came) == 1


def test_nobody_waits_longer_than_a_page_takes_to_be_made() -> None:
    """The longest wait is one time-out: no second try hides in the library."""
    pool = ForgivingCache("redis://127.0.0.1:1/0", {})._cache.get_client()
    options = pool.connection_pool.connection_kwargs
    assert options["socket_timeout"] == options["socket_connect_timeout"] == BRIEFLY["socket_timeout"] <= 0.2
    assert options["retry"].get_retries() == 0
    assert BRIEF_OPTIONS["socket_timeout"] * (BRIEF_OPTIONS["max_retries"] + 1) < 1


def test_a_cache_that_is_gone_is_a_miss(is_back: threading.Event) -> None:
    gone = ForgivingCache("redis://127.0.0.1:1/0", {})
    assert gone.get("a") is None
    assert caching.breaker.is_open


def test_what_an_older_version_wrote_is_a_miss() -> None:
    place = cache.make_key("caching:old")
    with Redis.from_url(settings.CACHES["default"]["LOCATION"]) as valkey:
        valkey.set(place, b"\x80\x04\x8c\x07nowhere\x94\x8c\x03old\x94\x93.", ex=60)
        with pytest.raises(ModuleNotFoundError):
            pickle.loads(valkey.get(place))  # noqa: S301  # our own
    assert cache.get("caching:old", "otherwise") == "otherwise"
    assert not caching.breaker.is_open


def test_what_changes_while_the_cache_is_away_is_known_when_it_is_back(is_back: threading.Event) -> None:
    assert page_cache.taken("test:away", "x", lambda: "old") == "old"
    caching.breaker.open("hung")
    page_cache.clear("test:away")
    assert page_cache.taken("test:away", "x", lambda: "made without it") == "made without it"
    is_back.set()
    assert wait_until(lambda: not caching.breaker.is_open)
    assert page_cache.taken("test:away", "x", lambda: "new") == "new"


class Called:
    """A task that notes its calls."""

    name = "test.called"

    def __init__(self, fails: bool) -> None:
        self.calls, self.fails = 0, fails

    def apply_async(self, **_: Any) -> None:
        self.calls += 1
        if self.fails:
            raise OSError("away")


def test_a_call_is_not_even_tried_while_valkey_is_away(is_back: threading.Event) -> None:
    task: Any = Called(fails=True)
    wake._publish(task, ())
    assert caching.breaker.is_open
    wake._publish(task, ())
    assert task.calls == 1
    assert ForgivingCache("redis://127.0.0.1:1/0", {}).get("a", "a miss at once") == "a miss at once"


@pytest.mark.django_db
def test_what_allauth_counts_goes_to_the_database(is_back: threading.Event) -> None:
    caching.breaker.open("hung")
    assert cache.add("allauth:rl:lock", True, 10)
    assert not cache.add("allauth:rl:lock", True, 10)
    cache.set("allauth:rl:x", [1.5], 10)
    assert cache.get("allauth:rl:x") == caches["attempts"].get("allauth:rl:x") == [1.5]
    assert cache.delete("allauth:rl:lock")
    assert cache.add("allauth.mfa.totp.used?user=1&code=123456", "y", timeout=30)
    assert not cache.add("allauth.mfa.totp.used?user=1&code=123456", "y", timeout=30)
