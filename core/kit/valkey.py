"""Valkey holds the cache and the wake-ups; nothing that is true only there. It may be away, or hang, at any moment."""

from django.conf import settings
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from core.kit.breaker import Breaker

# Seconds. A cache that takes longer counts as a miss; a page of ours takes about as long to be made.
BRIEFLY = {"socket_connect_timeout": 0.15, "socket_timeout": 0.15, "retry": Retry(NoBackoff(), 0)}


def _ask() -> None:
    with Redis.from_url(settings.REDIS_URL, **BRIEFLY) as connection:
        connection.ping()


breaker = Breaker("Valkey", _ask)
