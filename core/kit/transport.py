"""The way to Valkey for Celery, which survives that Valkey goes away in the middle of a task."""

from kombu.transport import redis


class Channel(redis.Channel):
    """Celery closes a broken connection twice. When a task was in hand, the second time looks for a client that the
    first has removed, and the worker would end. What was in hand is found again by the visibility timeout, or earlier
    by the sweep that looks for what no message told of."""

    def close(self) -> None:
        if self.connection is None or self.connection.client is not None:
            super().close()


class Transport(redis.Transport):
    Channel = Channel
