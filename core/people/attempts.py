"""A small cache in the database, for what must hold while Valkey is away: tries at signing in, codes already used.

Keys are kept as keyed hashes, since they hold addresses of people and networks. Each of the four acts is one statement,
so a hundred tries at once count as a hundred.
"""

from datetime import datetime, timedelta
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection
from django.utils import timezone
from django.utils.crypto import salted_hmac
from psycopg.types.json import Jsonb

from core.people.models import Attempt

LONGEST = timedelta(days=1)  # nothing is counted for longer
ADD = """
    INSERT INTO core_attempt AS old (key, counted, until) VALUES (%s, %s, %s)
    ON CONFLICT (key) DO UPDATE SET counted = EXCLUDED.counted, until = EXCLUDED.until WHERE old.until <= %s"""
SET = """
    INSERT INTO core_attempt (key, counted, until) VALUES (%s, %s, %s)
    ON CONFLICT (key) DO UPDATE SET counted = EXCLUDED.counted, until = EXCLUDED.until"""
INCREASE = """
    UPDATE core_attempt SET counted = to_jsonb(counted::bigint + %s)
    WHERE key = %s AND until > %s RETURNING counted::bigint"""


class AttemptCache(BaseCache):
    """What allauth and `core.kit.limits` need of a cache. Values are what JSON knows."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        found = Attempt.objects.filter(key=self._key(key), until__gt=timezone.now()).values_list("counted", flat=True)
        return next(iter(found), default)

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        _do(SET, self._key(key), Jsonb(value), self._until(timeout))

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return _do(ADD, self._key(key), Jsonb(value), self._until(timeout), timezone.now())[0] == 1

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        _count, row = _do(INCREASE, delta, self._key(key), timezone.now())
        if row is None:
            raise ValueError("There is no such key.")
        return int(row[0])

    def delete(self, key: str, version: int | None = None) -> bool:
        return Attempt.objects.filter(key=self._key(key)).delete()[0] == 1

    def _key(self, key: str) -> str:
        return salted_hmac("people.attempts", self.make_key(key), algorithm="sha256").hexdigest()

    def _until(self, timeout: Any) -> datetime:
        seconds = self.default_timeout if timeout == DEFAULT_TIMEOUT else timeout
        return timezone.now() + (LONGEST if seconds is None else min(timedelta(seconds=seconds), LONGEST))


def _do(statement: str, *values: Any) -> tuple[int, tuple[Any, ...] | None]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount, cursor.fetchone() if cursor.description else None
