"""The cache helps when it is there and never stands in the way: one that hangs or errs counts as a miss.

What may not get lost does not lie in it. allauth counts attempts and notes used codes by way of Django's cache; these
keys go on to the cache named `attempts`, which is a table of the database.
"""

import pickle
from functools import partial
from typing import Any

from django.core.cache import caches
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache, RedisCacheClient, RedisSerializer
from redis import Redis, RedisError, ResponseError

from core.kit.valkey import BRIEFLY, breaker

KEPT = "allauth"  # what the keys begin with that go on to the database
LOST = object()
UNREADABLE = (pickle.UnpicklingError, AttributeError, ImportError, EOFError, IndexError, TypeError)


class UnreadableEntry(Exception):
    """An older or newer version of the site has written it."""


class Serializer(RedisSerializer):
    def loads(self, data: Any) -> Any:
        try:
            return super().loads(data)
        except UNREADABLE as error:
            raise UnreadableEntry from error


class SparingClient(RedisCacheClient):
    """Django's own makes a new client for each question, which takes longer than the question; one serves them all."""

    def __init__(self, *values: Any, **options: Any) -> None:
        super().__init__(*values, **options)
        self._made: dict[int, Redis] = {}

    def get_client(self, key: Any = None, *, write: bool = False) -> Redis:
        server = self._get_connection_pool_index(write)  # type: ignore[attr-defined]
        if server not in self._made:
            self._made[server] = super().get_client(key, write=write)
        return self._made[server]


class ForgivingCache(RedisCache):
    """Valkey with short time-outs, no second try, and a breaker that all of this process shares."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        options = {**BRIEFLY, "serializer": Serializer, **params.get("OPTIONS", {})}
        super().__init__(server, {**params, "OPTIONS": options})
        self._class = SparingClient

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return self._one("get", default, key, default, version=version)

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> Any:
        return self._one("set", None, key, value, timeout, version=version)

    def set_surely(self, key: str, value: Any) -> None:
        """For good; and when the cache is away, as soon as it is back."""
        if self._tried("set", LOST, key, value, None) is LOST:
            breaker.when_back(key, partial(super().set, key, value, None))

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> Any:
        return self._one("add", False, key, value, timeout, version=version)

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> Any:
        return self._one("touch", False, key, timeout, version=version)

    def delete(self, key: str, version: int | None = None) -> Any:
        return self._one("delete", False, key, version=version)

    def has_key(self, key: str, version: int | None = None) -> Any:
        return self._one("has_key", False, key, version=version)

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> Any:
        """As for a key that is not there: ValueError."""
        if (found := self._one("incr", LOST, key, delta, version=version)) is LOST:
            raise ValueError(f"Key {key!r} not found")
        return found

    def get_many(self, keys: Any, version: int | None = None) -> Any:
        return self._tried("get_many", {}, keys, version=version)

    def set_many(self, data: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> Any:
        return self._tried("set_many", list(data), data, timeout, version=version)

    def delete_many(self, keys: Any, version: int | None = None) -> Any:
        return self._tried("delete_many", None, keys, version=version)

    def clear(self) -> Any:
        return self._tried("clear", False)

    def _one(self, name: str, otherwise: Any, key: str, *values: Any, **options: Any) -> Any:
        if key.startswith(KEPT):
            return getattr(caches["attempts"], name)(key, *values, **options)
        return self._tried(name, otherwise, key, *values, **options)

    def _tried(self, name: str, otherwise: Any, *values: Any, **options: Any) -> Any:
        """What Django's own cache does; `otherwise` when it cannot."""
        if breaker.is_open:
            return otherwise
        try:
            return getattr(super(), name)(*values, **options)
        except (UnreadableEntry, ResponseError):  # it is there, and does not do this one thing
            return otherwise
        except (RedisError, OSError) as error:
            breaker.open(error)
            return otherwise
