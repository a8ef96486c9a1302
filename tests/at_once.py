"""The same thing twenty times, or fifty, at the same moment: a person who presses twice, or in as many windows."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any, TypeVar

from django.db import connection

MANY = 20
VERY_MANY = 50
PATIENCE = 60  # seconds to wait for a connection, of which there are a few: the machine may be busy
Result = TypeVar("Result")


def at_once(work: Callable[[], Result], copies: int = MANY) -> list[Result]:
    """What `work` gives in many threads that begin at the same moment."""
    gate = Barrier(copies)

    def one(_: int) -> Result:
        gate.wait()
        try:
            return work()
        finally:
            connection.close()

    connections: Any = connection.pool  # type: ignore[attr-defined]  # of Django's PostgreSQL
    usual, connections.timeout = connections.timeout, PATIENCE
    try:
        with ThreadPoolExecutor(copies) as pool:
            return list(pool.map(one, range(copies)))
    finally:
        connections.timeout = usual


def beside(*work: Callable[[], Result]) -> list[Result]:
    """What different things give that begin at the same moment, each in a thread of its own."""
    todo = list(work)
    return at_once(lambda: todo.pop()(), copies=len(todo))
