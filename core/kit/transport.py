"""The way to Valkey for Celery, which survives that Valkey goes away in the middle of a task."""

from typing import Any

from kombu.transport import redis
from kombu.utils.scheduling import round_robin_cycle

from core.kit.queue_names import URGENT_QUEUE


class UrgentFirst(round_robin_cycle):  # type: ignore[type-arg]  # at run time it takes none
    """Which queue is looked at first: the one of what somebody waits for, then each of the others in its turn."""

    def consume(self, n: int) -> Any:
        return sorted((self.items or [])[:n], key=lambda queue: queue != URGENT_QUEUE)


class Channel(redis.Channel):
    """Celery closes a broken connection twice. When a task was in hand, the second time looks for a client that the
    first has removed, and the worker would end. What was in hand is found again by the visibility timeout, or earlier
    by the sweep that looks for what no message told of."""

    queue_order_strategy = f"{__name__}:{UrgentFirst.__name__}"

    def close(self) -> None:
        if self.connection is None or self.connection.client is not None:
            super().close()


class Transport(redis.Transport):
    Channel = Channel
