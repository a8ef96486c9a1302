"""The queues that tasks wait in. A worker takes what somebody waits for first and keeps a process free of long work, so
that a sign-in mail and the clock wait behind no import. A newsletter gives its turn back when something waits.
"""

import time

from django.conf import settings
from redis import Redis, RedisError

from core.kit.queue_names import DEFAULT_QUEUE, URGENT_QUEUE
from core.kit.valkey import BRIEFLY, breaker

SHORT_QUEUES = (URGENT_QUEUE, DEFAULT_QUEUE, "mail")  # what waits here takes seconds
ASKED_EVERY = 1.0  # seconds until it is worth asking again
FAIR_AFTER = 5.0  # seconds that everything waits which nobody sits in front of


class Turn:
    """The time that a task may take which could go on for hours."""

    def __init__(self, longest: float) -> None:
        self.began = time.monotonic()
        self.until = self.began + longest
        self.ask_at = self.began + ASKED_EVERY
        self._is_over = False

    def is_over(self) -> bool:
        """Its time is up, or something else waits for the process."""
        now = time.monotonic()
        if not self._is_over and now >= self.ask_at:
            self.ask_at = now + ASKED_EVERY
            self._is_over = waits(*(SHORT_QUEUES if now >= self.began + FAIR_AFTER else (URGENT_QUEUE,)))
        return self._is_over or now >= self.until


def waits(*queues: str) -> bool:
    """Whether tasks wait in one of these queues. Without a broker nothing does."""
    if breaker.is_open:
        return False
    prefix = settings.CELERY_BROKER_TRANSPORT_OPTIONS.get("global_keyprefix") or ""
    try:
        with Redis.from_url(settings.REDIS_URL, **BRIEFLY) as asked:
            return bool(asked.exists(*(f"{prefix}{queue}" for queue in queues)))
    except RedisError as error:
        breaker.open(error)
        return False
