"""PostgreSQL may be away, or hang, at any moment: a request then ends with a clear answer, soon, and others at once."""

import time
from collections.abc import Generator, Iterator
from typing import Any

import psycopg
from django.db import DatabaseError, InterfaceError, OperationalError, connection

from core.kit.breaker import Breaker
from core.kit.generic import T

CONNECT = 2  # seconds to make a connection
ASKS_WHETHER_IT_WORKS = ""  # what psycopg's pool asks before it hands a connection out
CHECK = 1  # seconds in which a connection that lay in the pool must answer
GONE = ("08", "57P01", "57P02", "57P03", "53300")  # what PostgreSQL says when it goes, starts or is full
CROSSED = ("40P01", "40001")  # two waited for each other, and this one had to give way
TOO_LONG = ("57014", "55P03")  # it is there: a statement, or a lock, took longer than somebody waits


class PatientConnection(psycopg.Connection[Any]):
    """A connection that hears nothing for `patience` seconds is given up. PostgreSQL's own limits, and those of TCP,
    do not help against a server that is stopped: the kernel answers in its place."""

    patience: float

    def wait(self, gen: Generator[Any, Any, T], interval: float = 0.1, timeout: float | None = None) -> T:
        try:
            return super().wait(gen, interval, timeout or self.patience)
        except psycopg.OperationalError as error:
            if error.sqlstate is None:  # not an answer of the server: nothing comes through here any more
                self.pgconn.finish()
            raise

    def execute(self, query: Any, *values: Any, **options: Any) -> Any:
        if query == ASKS_WHETHER_IT_WORKS:
            return self._check()
        return super().execute(query, *values, **options)

    def _check(self) -> Any:
        """It may have broken while it lay in the pool, or nobody may answer any more. Asking one connection after the
        other would take too long then, so the first that hears nothing speaks for all."""
        if breaker.is_open:
            raise psycopg.OperationalError("PostgreSQL is known to be away.")
        began, usually = time.monotonic(), self.patience
        self.patience = min(usually, CHECK)
        try:
            return super().execute(ASKS_WHETHER_IT_WORKS)
        except psycopg.OperationalError as error:
            if time.monotonic() - began >= self.patience:
                breaker.open(error)
            raise
        finally:
            self.patience = usually


def patient(seconds: float) -> type[PatientConnection]:
    return type("PatientConnection", (PatientConnection,), {"patience": seconds})


def connect_apart() -> "psycopg.Connection[Any]":
    """A connection of its own, made in bounded time: a pool that is busy must not look like a database that is gone."""
    params = {**connection.get_connection_params(), "connect_timeout": CONNECT, "autocommit": True}
    params.pop("cursor_factory", None)
    params.pop("context", None)
    return patient(CONNECT).connect(**params)


def _ask() -> None:
    with connect_apart() as probe:
        probe.execute("SELECT 1")


breaker = Breaker("PostgreSQL", _ask)


def is_gone(error: BaseException | None) -> bool:
    """Whether this error, or one it came from, means that there is no database to talk to."""
    for each in _origins(error):
        state = getattr(each.__cause__, "sqlstate", None)
        if isinstance(each, InterfaceError) or (isinstance(each, OperationalError) and not state):
            return True
        if state and state.startswith(GONE):
            return True
    return False


def took_too_long(error: BaseException | None) -> bool:
    return any(state in TOO_LONG for state in _states(error))


def gave_way(error: BaseException | None) -> bool:
    """Whether somebody else was at the same things at the same moment. Nothing of it was done; again may well do."""
    return any(state in CROSSED for state in _states(error))


def _states(error: BaseException | None) -> Iterator[str | None]:
    return (getattr(each.__cause__, "sqlstate", None) for each in _origins(error))


def _origins(error: BaseException | None) -> Iterator[DatabaseError | InterfaceError]:
    """The errors of the database on the way to this one: what failed later may have another name."""
    while error is not None:
        if isinstance(error, (DatabaseError, InterfaceError)):
            yield error
        error = error.__cause__ or error.__context__
